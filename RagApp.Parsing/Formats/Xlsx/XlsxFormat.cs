using System.Xml;
using RagApp.Parsing.Formats.Archives;

namespace RagApp.Parsing.Formats.Xlsx;

/// <summary>
/// Excel: each visible sheet under its name, with rows as readers see them. Rows are streamed, so an almost empty sheet
/// of 17 billion cells costs no more than its filled cells. A damaged sheet is skipped with a warning.
/// </summary>
internal sealed class XlsxFormat : IDocumentFormat
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public string Name => "xlsx";

    public string Title => "Excel";

    public string ContentType => MediaType;

    public string DocumentType => "excel";

    public IReadOnlyList<string> Extensions { get; } = [".xlsx", ".xlsm"];

    public bool Recognizes(FileSample sample) => sample.Archive?.OfficeRoot is "workbook" or "xl";

    public void Read(Stream file, BlockWriter output)
    {
        using var archive = OfficeArchive.Open(file);
        OfficeProperties.Read(archive, output);
        var workbook = XlsxWorkbook.Read(archive, archive.MainPart(), output);
        foreach (var sheet in workbook.Sheets)
            ReadSheet(archive, sheet, workbook, output);
    }

    private static void ReadSheet(OfficeArchive archive, XlsxSheetPart sheet, XlsxWorkbook workbook, BlockWriter output)
    {
        try
        {
            using var reader = archive.OpenXml(sheet.Part);
            if (reader is null)
            {
                output.Warn($"The sheet \"{sheet.Name}\" is missing.");
                return;
            }
            var rows = new Tables.TableRows(output, sheet.Name, trustFirstRow: false);
            var cells = new XlsxSheet(reader, workbook, XlsxMerges.Read(archive, sheet.Part), rows);
            try
            {
                cells.Read();
            }
            finally
            {
                rows.End(); // also when the sheet is damaged: rows may be held back
            }
            if (cells.WithoutValue is { } cell)
                output.Warn($"In the sheet \"{sheet.Name}\" formulas have no stored value, as in {cell}. Open the file in its program, save it again and upload that.");
            new XlsxSheetNotes(archive, sheet.Part, rows, output).Read();
        }
        catch (Exception exception) when (exception is XmlException or InvalidDataException)
        {
            output.Warn($"The sheet \"{sheet.Name}\" is damaged and was not read to its end.");
        }
    }
}
