using RagApp.Text;

namespace RagApp.Storage.Index;

/// <summary>
/// The BM25 keyword score, the same in every index (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009):
/// the sum over the different terms of the question of <see cref="Idf.Bm25"/> times the term's weight in the chunk,
/// <see cref="TextWeight"/> + <see cref="HeadingShare"/> × <see cref="HeadingWeight"/>.
/// <para>
/// Average lengths are constants instead of statistics of the index, since all chunks are cut to about one size. So
/// other people's uploads never change a score, and the weights can be stored as a sparse vector without statistics.
/// </para>
/// </summary>
internal static class Bm25
{
    /// <summary>Term frequency saturation, from 0; at 0, repeated occurrences of a term add nothing.</summary>
    public const double K1 = 0.8;

    /// <summary>Length normalization, 0 to 1: the degree to which a long chunk lowers the score.</summary>
    public const double B = 0.75;

    /// <summary>
    /// Weight of a term in title or headings, relative to 1 in the text. Measured on all evaluation sets together: with 0.5,
    /// 12 in a hundred fewer of the handbook's questions had their page at the first rank; the other sets were the same.
    /// </summary>
    public const double HeadingShare = 1.5;

    /// <summary>
    /// Average number of terms in a chunk's text. A chunk has 75 to 110 words; 92 words, the middle, give 50 to 57 terms in
    /// English, German and Spanish, and 70 to 73 in Russian, Arabic and the handbook, measured on the evaluation's texts.
    /// </summary>
    public const double AverageTextLength = 60;

    /// <summary>Average number of terms in title and headings: titles have 2 to 8 in the evaluation's texts, and some headings follow.</summary>
    public const double AverageHeadingLength = 6;

    /// <summary>Weight of a term in a chunk's text, from 0 to below <see cref="K1"/> + 1.</summary>
    /// <param name="occurrences">Number of occurrences of the term in the text.</param>
    /// <param name="length">Number of terms in the text.</param>
    public static double TextWeight(int occurrences, int length) => Saturated(occurrences, length / AverageTextLength);

    /// <summary>Weight of a term in title and headings together, from 0 to below <see cref="K1"/> + 1.</summary>
    /// <param name="occurrences">Number of occurrences of the term in title and headings.</param>
    /// <param name="length">Number of terms in title and headings.</param>
    public static double HeadingWeight(int occurrences, int length) => Saturated(occurrences, length / AverageHeadingLength);

    private static double Saturated(int occurrences, double relativeLength) =>
        occurrences * (K1 + 1) / (occurrences + (K1 * (1 - B + (B * relativeLength))));
}
