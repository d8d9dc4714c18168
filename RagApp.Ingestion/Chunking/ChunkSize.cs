using RagApp.Text;

namespace RagApp.Ingestion.Chunking;

/// <summary>The largest chunk, in words as <see cref="WordMeasure"/> counts them, because the tokenizer depends on the model.</summary>
internal static class ChunkSize
{
    /// <summary>Largest number of words in a chunk.</summary>
    public const double MaxWords = 110;

    /// <summary>Largest number of characters in a chunk, in any script.</summary>
    public const int MaxCharacters = 1_500;

    public static bool Fits(string text) => text.Length <= MaxCharacters && WordMeasure.Words(text) <= MaxWords;
}
