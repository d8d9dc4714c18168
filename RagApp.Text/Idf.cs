namespace RagApp.Text;

/// <summary>Inverse document frequency: the fewer texts contain a word, the higher its weight. Every value is above 0.</summary>
public static class Idf
{
    /// <summary>
    /// The formula of BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009), with 1 added so that it
    /// stays above 0. A word that nearly all texts contain has a weight near 0.
    /// </summary>
    /// <param name="texts">Number of texts.</param>
    /// <param name="having">Number of texts that contain the word; higher values count as <paramref name="texts"/>.</param>
    public static double Bm25(long texts, long having)
    {
        var counted = Math.Min(having, texts);
        return Math.Log(1 + ((texts - counted + 0.5) / (counted + 0.5)));
    }

    /// <summary>
    /// A formula for the few sentences or passages of one question, which have the same subject: a word in all of them still
    /// has a weight of 0.69 or more. The weights of the extractive answers and the bounds of the citation check were measured with it.
    /// </summary>
    /// <param name="texts">Number of texts.</param>
    /// <param name="having">Number of texts that contain the word.</param>
    public static double AmongFew(int texts, int having) => Math.Log(1 + ((texts + 1) / (having + 0.5)));
}
