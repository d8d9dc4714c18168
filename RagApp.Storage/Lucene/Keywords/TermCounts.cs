using RagApp.Storage.Index;

namespace RagApp.Storage.Lucene.Keywords;

/// <summary>
/// Encodes the occurrences of a term in a chunk's text and in its title and headings as one term frequency, so that each
/// term has one postings list instead of two: an occurrence in the text counts 1, one in title or headings counts
/// <see cref="Heading"/>.
/// </summary>
internal static class TermCounts
{
    /// <summary>
    /// Frequency added by an occurrence in title or headings. At most one fewer are counted in the text; more would hardly
    /// change the score.
    /// </summary>
    private const int Heading = 32;

    private const int MaxHeadings = 7;

    /// <summary>Upper bound of a term's weight, before its inverse document frequency.</summary>
    public const double MostWeight = (Bm25.K1 + 1) * (1 + Bm25.HeadingShare);

    /// <summary>The encoded count of each different term.</summary>
    public static Dictionary<string, int> Of(IReadOnlyList<string> text, IReadOnlyList<string> headings)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var group in text.CountBy(term => term, StringComparer.Ordinal))
            counts[group.Key] = Math.Min(group.Value, Heading - 1);
        foreach (var group in headings.CountBy(term => term, StringComparer.Ordinal))
            counts[group.Key] = counts.GetValueOrDefault(group.Key) + (Heading * Math.Min(group.Value, MaxHeadings));
        return counts;
    }

    /// <summary>Encodes the lengths of text and headings as one number.</summary>
    public static int Lengths(int text, int headings) => (Math.Min(headings, short.MaxValue) << 16) | Math.Min(text, ushort.MaxValue);

    /// <summary>
    /// Weight of a term with this encoded count in a chunk with these encoded lengths; its score is the weight times the
    /// inverse document frequency.
    /// </summary>
    public static double Weight(int count, int lengths)
    {
        var (inText, inHeadings) = (count % Heading, count / Heading);
        var weight = inText == 0 ? 0 : Bm25.TextWeight(inText, lengths & ushort.MaxValue);
        return inHeadings == 0 ? weight : weight + (Bm25.HeadingShare * Bm25.HeadingWeight(inHeadings, lengths >> 16));
    }
}
