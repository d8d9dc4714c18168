using System.Xml;
using RagApp.Ingestion.Parsing.Formats.Archives;

namespace RagApp.Ingestion.Parsing.Formats.Xlsx;

/// <summary>
/// Excel: each visible sheet below its name, rows as a reader sees them. Sheets are streams of rows, so that an
/// almost empty sheet of 17 billion cells costs what its cells cost. A damaged sheet costs that sheet.
/// </summary>
internal sealed class XlsxFormat : IDocumentFormat
{
    public string ContentType => MediaTypes.Xlsx;

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
