namespace RagApp.Storage.Index;

/// <summary>
/// The keyword score, the same on every index (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009):
/// for each different term of the question <see cref="Idf"/> times the weight that the term has in the chunk,
/// which is <see cref="TextWeight"/> + <see cref="HeadingShare"/> × <see cref="HeadingWeight"/>.
/// <para>
/// Lengths are compared with fixed averages in the place of the index's own: chunks are cut to one size, and so a
/// score moves by nothing that others upload, and needs no statistics where it is stored as part of a vector.
/// </para>
/// </summary>
internal static class Bm25
{
    /// <summary>How soon repeating a term counts no more; from 0, where once is as good as often.</summary>
    public const double K1 = 0.8;

    /// <summary>How much a chunk's length counts against it, 0 to 1.</summary>
    public const double B = 0.75;

    /// <summary>
    /// What a term in title or headings counts, where one in the text counts 1. Measured on all evaluation sets at
    /// once: with 0.5 the handbook's questions found their page first 12 times fewer in a hundred, the others alike.
    /// </summary>
    public const double HeadingShare = 1.5;

    /// <summary>
    /// Terms of a chunk's text: 92 words, the middle of a chunk's 75 to 110, leave 50 to 57 terms in English, German
    /// and Spanish, 70 to 73 in Russian, Arabic and in the handbook, measured on the evaluation's texts.
    /// </summary>
    public const double AverageTextLength = 60;

    /// <summary>Terms of title and headings: titles have 2 to 8 in the evaluation's texts, and some headings follow.</summary>
    public const double AverageHeadingLength = 6;

    /// <summary>What a term of the question weighs by how rare it is; above 0 always.</summary>
    /// <param name="chunks">Chunks that the asker may read, in all languages.</param>
    /// <param name="withTerm">Those of them that have the term in text, title or headings; at most <paramref name="chunks"/> count.</param>
    public static double Idf(long chunks, long withTerm)
    {
        var having = Math.Min(withTerm, chunks);
        return Math.Log(1 + ((chunks - having + 0.5) / (having + 0.5)));
    }

    /// <summary>What a term weighs in a text, from 0 to below <see cref="K1"/> + 1.</summary>
    /// <param name="occurrences">How often the text has it.</param>
    /// <param name="length">How many terms the text has.</param>
    public static double TextWeight(int occurrences, int length) => Saturated(occurrences, length / AverageTextLength);

    /// <summary>What a term weighs in title and headings, taken together, from 0 to below <see cref="K1"/> + 1.</summary>
    /// <param name="occurrences">How often they have it.</param>
    /// <param name="length">How many terms they have.</param>
    public static double HeadingWeight(int occurrences, int length) => Saturated(occurrences, length / AverageHeadingLength);

    private static double Saturated(int occurrences, double relativeLength) =>
        occurrences * (K1 + 1) / (occurrences + (K1 * (1 - B + (B * relativeLength))));
}
