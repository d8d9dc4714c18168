using Markdig.Syntax;

namespace RagApp.Ingestion.Parsing.Formats.Markdown;

/// <summary>
/// Tables as people and programs write them without the rule below the head, which Markdown takes for a paragraph:
/// <code>
/// |       | 2019 | 2018 |
/// | Other | 44.1 | 56.7 |
/// </code>
/// </summary>
internal static class PipeRows
{
    /// <summary>Reads a paragraph that has such rows; false when it has none.</summary>
    public static bool TryRead(ParagraphBlock paragraph, BlockWriter output)
    {
        var lines = InlineText.Of(paragraph.Inline, softBreak: '\n').Split('\n', StringSplitOptions.TrimEntries);
        if (!Array.Exists(lines, IsRow))
            return false;
        var text = new List<string>();
        foreach (var line in lines)
        {
            if (!IsRow(line))
            {
                text.Add(line);
                continue;
            }
            output.Paragraph(string.Join(' ', text));
            text.Clear();
            if (!IsRule(line))
                output.TableRow(line[1..^1].Split('|'));
        }
        output.Paragraph(string.Join(' ', text));
        return true;
    }

    /// <summary>Two cells at least: one between two bars is rather an amount without its sign.</summary>
    private static bool IsRow(string line) =>
        line.Length > 2 && line[0] == '|' && line[^1] == '|' && line.AsSpan(1, line.Length - 2).Contains('|');

    private static bool IsRule(string line) => line.AsSpan().IndexOfAnyExcept("|-: ") < 0 && line.Contains('-', StringComparison.Ordinal);
}
