using RagApp.Benchmarks.Texts;

namespace RagApp.Benchmarks.Embeddings;

/// <summary>Texts of the sizes that ingestion embeds.</summary>
internal static class ChunkTexts
{
    /// <summary>Random texts of 10 to 40 words, which are 50 to 200 tokens of the embedded model.</summary>
    public static string[] Make(int count, int seed)
    {
        var (texts, random) = (new RandomText(seed), new Random(seed));
        return [.. Enumerable.Range(0, count).Select(_ => string.Join(' ', texts.Passage().Split(' ').Take(random.Next(10, 40))))];
    }
}
