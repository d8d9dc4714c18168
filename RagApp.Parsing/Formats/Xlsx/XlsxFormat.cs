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
            new XlsxSheet(reader, workbook, rows).Read();
            new XlsxSheetNotes(archive, sheet.Part, rows, output).Read();
        }
        catch (Exception exception) when (exception is XmlException or InvalidDataException)
        {
            output.Warn($"The sheet \"{sheet.Name}\" is damaged and was not read to its end.");
        }
    }
}
