using RagApp.Storage.Index;

namespace RagApp.Storage.Lucene;

/// <summary>
/// How often a term stands in a chunk's text and in its title and headings, as one number, so that a term has one
/// list of chunks and not two. Lucene counts how often a term comes: one in the text comes once, one in a heading
/// <see cref="Heading"/> times.
/// </summary>
internal static class TermCounts
{
    /// <summary>What an occurrence in title or headings adds; in the text one fewer are counted, more add next to nothing.</summary>
    private const int Heading = 32;

    private const int MaxHeadings = 7;

    /// <summary>The most that a term can weigh, before its rarity.</summary>
    public const double MostWeight = (Bm25.K1 + 1) * (1 + Bm25.HeadingShare);

    /// <summary>Each different term and its count.</summary>
    public static Dictionary<string, int> Of(IReadOnlyList<string> text, IReadOnlyList<string> headings)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var group in text.CountBy(term => term, StringComparer.Ordinal))
            counts[group.Key] = Math.Min(group.Value, Heading - 1);
        foreach (var group in headings.CountBy(term => term, StringComparer.Ordinal))
            counts[group.Key] = counts.GetValueOrDefault(group.Key) + (Heading * Math.Min(group.Value, MaxHeadings));
        return counts;
    }

    /// <summary>Both lengths in one number.</summary>
    public static int Lengths(int text, int headings) => (Math.Min(headings, short.MaxValue) << 16) | Math.Min(text, ushort.MaxValue);

    /// <summary>What a term with this count weighs in a chunk with these lengths; times its rarity, that is its score.</summary>
    public static double Weight(int count, int lengths)
    {
        var (inText, inHeadings) = (count % Heading, count / Heading);
        var weight = inText == 0 ? 0 : Bm25.TextWeight(inText, lengths & ushort.MaxValue);
        return inHeadings == 0 ? weight : weight + (Bm25.HeadingShare * Bm25.HeadingWeight(inHeadings, lengths >> 16));
    }
}
