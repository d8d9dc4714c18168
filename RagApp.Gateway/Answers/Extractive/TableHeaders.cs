using System.Buffers;

namespace RagApp.Gateway.Answers.Extractive;

/// <summary>
/// Finds the header of each table row of a passage: the first row of the table, if it looks like one. A passage may
/// begin in the middle of a table, and then its first row has amounts among its cells.
/// </summary>
internal static class TableHeaders
{
    /// <summary>What may stand between two rows of a table: ends of rows and the rule below a Markdown header.</summary>
    private static readonly SearchValues<char> BetweenRows = SearchValues.Create(" \t\r\n|-:=+");

    /// <param name="text">The passage.</param>
    /// <param name="sentences">Its sentences, in order.</param>
    public static List<Sentence> Add(string text, IReadOnlyList<Sentence> sentences)
    {
        var marked = new List<Sentence>(sentences.Count);
        Sentence? header = null;
        Sentence? above = null;
        foreach (var sentence in sentences)
        {
            if (!IsRow(sentence.Text))
            {
                (header, above) = (null, null);
                marked.Add(sentence);
                continue;
            }
            var continues = above is not null && !text.AsSpan(above.End, sentence.Start - above.End).ContainsAnyExcept(BetweenRows);
            if (!continues)
                header = NamesColumns(sentence.Text) ? sentence : null;
            marked.Add(sentence == header ? sentence : sentence with { Header = header });
            above = sentence;
        }
        return marked;
    }

    public static bool IsRow(ReadOnlySpan<char> line) => line[0] == '|' || line.Contains('\t') || line.Count(" | ") > 0;

    /// <summary>Two cells or more, each a name or a year.</summary>
    private static bool NamesColumns(string row)
    {
        var cells = row.Split(['|', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return cells.Length > 1 && Array.TrueForAll(cells, cell => cell.Any(char.IsLetter) || IsYear(cell));
    }

    private static bool IsYear(string cell) => cell is ['1' or '2', _, _, _] && cell.All(char.IsDigit);
}
