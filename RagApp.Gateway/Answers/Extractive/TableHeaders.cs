using System.Buffers;
using RagApp.Text;

namespace RagApp.Gateway.Answers.Extractive;

/// <summary>
/// Finds the header of each table row of a passage. A passage that begins in the middle of a table has no header.
/// </summary>
internal static class TableHeaders
{
    /// <summary>Characters allowed between two rows of a table: ends of rows and the line below a Markdown header.</summary>
    private static readonly SearchValues<char> BetweenRows = SearchValues.Create(" \t\r\n|-:=+");

    /// <param name="text">Text of the passage.</param>
    /// <param name="sentences">Sentences of the passage, in order.</param>
    public static IReadOnlyList<QuotableSentence> Add(string text, IReadOnlyList<QuotableSentence> sentences)
    {
        var marked = new List<QuotableSentence>(sentences.Count);
        while (marked.Count < sentences.Count)
        {
            var table = TableAt(text, sentences, marked.Count);
            var rows = TableHeader.Read([.. table.Select(row => row.Text)]);
            marked.AddRange(table.Select((row, at) => row with
            {
                IsHeader = rows[at].IsHeader,
                Header = rows[at].Header.Count == 0 ? null : string.Join('\n', rows[at].Header.Select(name => table[name].Text)),
            }));
            if (table.Count == 0)
                marked.Add(sentences[marked.Count]);
        }
        return marked;
    }

    /// <summary>Returns the consecutive table rows that begin with a sentence; empty when the sentence is no row.</summary>
    private static List<QuotableSentence> TableAt(string text, IReadOnlyList<QuotableSentence> sentences, int first)
    {
        var rows = new List<QuotableSentence>();
        for (var at = first; at < sentences.Count && TableHeader.IsRow(sentences[at].Text) && (rows.Count == 0 || Continues(text, rows[^1], sentences[at])); at++)
            rows.Add(sentences[at]);
        return rows;
    }

    private static bool Continues(string text, QuotableSentence above, QuotableSentence row) =>
        !text.AsSpan(above.End, row.Start - above.End).ContainsAnyExcept(BetweenRows);
}
