using System.Buffers;
using RagApp.Storage.Analysis;

namespace RagApp.Gateway.Answers.Extractive;

/// <summary>
/// Finds the header of each table row of a passage. A passage may begin in the middle of a table, and then has none.
/// </summary>
internal static class TableHeaders
{
    /// <summary>What may stand between two rows of a table: ends of rows and the rule below a Markdown header.</summary>
    private static readonly SearchValues<char> BetweenRows = SearchValues.Create(" \t\r\n|-:=+");

    /// <param name="text">The passage.</param>
    /// <param name="sentences">Its sentences, in order.</param>
    public static IReadOnlyList<Sentence> Add(string text, IReadOnlyList<Sentence> sentences)
    {
        var marked = new List<Sentence>(sentences.Count);
        while (marked.Count < sentences.Count)
        {
            var table = TableAt(text, sentences, marked.Count);
            var names = TableHeader.CountRows([.. table.Select(row => row.Text)]);
            var header = names > 0 ? new Sentence(table[0].Start, text[table[0].Start..table[names - 1].End]) : null;
            marked.AddRange(table.Take(names).Select(row => row with { IsHeader = true }));
            marked.AddRange(table.Skip(names).Select(row => row with { Header = header }));
            if (table.Count == 0)
                marked.Add(sentences[marked.Count]);
        }
        return marked;
    }

    public static bool IsRow(ReadOnlySpan<char> line) => line[0] == '|' || line.Contains('\t') || line.Count(" | ") > 0;

    /// <summary>The rows that follow each other from a sentence on; none when it is no row.</summary>
    private static List<Sentence> TableAt(string text, IReadOnlyList<Sentence> sentences, int first)
    {
        var rows = new List<Sentence>();
        for (var at = first; at < sentences.Count && IsRow(sentences[at].Text) && (rows.Count == 0 || Continues(text, rows[^1], sentences[at])); at++)
            rows.Add(sentences[at]);
        return rows;
    }

    private static bool Continues(string text, Sentence above, Sentence row) =>
        !text.AsSpan(above.End, row.Start - above.End).ContainsAnyExcept(BetweenRows);
}
