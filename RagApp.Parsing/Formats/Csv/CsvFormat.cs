using RagApp.Parsing.Formats.PlainText;
using RagApp.Parsing.Formats.Tables;

namespace RagApp.Parsing.Formats.Csv;

/// <summary>CSV and TSV in any encoding. Formulas are read as text and never calculated.</summary>
internal sealed class CsvFormat : ITextFormat
{
    public const string MediaType = "text/csv";

    public string Name => "csv";

    public string Title => "CSV";

    public string ContentType => MediaType;

    public string DocumentType => "excel";

    public IReadOnlyList<string> Extensions { get; } = [".csv", ".tsv", ".tab"];

    public bool Recognizes(FileSample sample) => false;

    /// <summary>True when the text looks like CSV and the name does not have an extension of plain text.</summary>
    public bool LooksLike(FileSample sample) => !PlainTextFormat.Endings.Contains(sample.Extension) && CsvSigns.AreIn(sample.Text!);

    public void Read(Stream file, BlockWriter output)
    {
        var text = TextDecoder.DecodeAll(file);
        var (delimiter, start) = CsvDelimiter.Find(text);
        var rows = new TableRows(output, heading: null, trustFirstRow: true);
        foreach (var fields in new CsvRecords(text, delimiter, start).Read())
        {
            rows.Add(fields.Select((field, column) => new TableCell(column, field))
                .Where(cell => cell.HasText).ToList());
        }
        rows.End();
    }
}
