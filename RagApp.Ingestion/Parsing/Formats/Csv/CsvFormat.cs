using RagApp.Ingestion.Parsing.Formats.Tables;

namespace RagApp.Ingestion.Parsing.Formats.Csv;

/// <summary>CSV and TSV in any encoding. Formulas are text, whatever a spreadsheet would do with them.</summary>
internal sealed class CsvFormat : IDocumentFormat
{
    public string ContentType => MediaTypes.Csv;

    public void Read(Stream file, BlockWriter output)
    {
        var text = TextDecoder.DecodeAll(file);
        var (delimiter, start) = CsvDelimiter.Find(text);
        var rows = new TableRows(output, heading: null, trustFirstRow: true);
        foreach (var fields in new CsvRecords(text, delimiter, start).Read())
        {
            rows.Add(fields.Select((field, column) => new TableCell(column, field))
                .Where(cell => !string.IsNullOrWhiteSpace(cell.Text)).ToList());
        }
    }
}
