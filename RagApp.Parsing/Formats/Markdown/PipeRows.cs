using Markdig.Syntax;

namespace RagApp.Parsing.Formats.Markdown;

/// <summary>
/// Reads tables without a rule below the header row, which Markdown takes for a paragraph:
/// <code>
/// |       | 2019 | 2018 |
/// | Other | 44.1 | 56.7 |
/// </code>
/// </summary>
internal static class PipeRows
{
    /// <summary>Reads a paragraph with such rows; returns false when it has none.</summary>
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

    /// <summary>True for a row of at least two cells; a single one between two bars is not a row.</summary>
    private static bool IsRow(string line) =>
        line.Length > 2 && line[0] == '|' && line[^1] == '|' && line.AsSpan(1, line.Length - 2).Contains('|');

    private static bool IsRule(string line) => line.AsSpan().IndexOfAnyExcept("|-: ") < 0 && line.Contains('-', StringComparison.Ordinal);
}
