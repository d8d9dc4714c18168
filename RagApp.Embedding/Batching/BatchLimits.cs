using RagApp.Models.Embeddings;

namespace RagApp.Embedding.Batching;

/// <summary>Limits of the calls to one provider model.</summary>
/// <param name="Texts">Largest number of texts in one call.</param>
/// <param name="Tokens">Largest number of tokens in one call.</param>
/// <param name="Wait">Longest time that a text waits for others to share its call.</param>
/// <param name="Calls">Largest number of calls at the same time.</param>
/// <param name="Capacity">Largest number of waiting texts of each priority.</param>
internal sealed record BatchLimits(int Texts, int Tokens, TimeSpan Wait, int Calls, int Capacity)
{
    /// <summary>Largest number of calls of bulk work at the same time: one is left to questions.</summary>
    public int BulkCalls => Math.Max(1, Calls - 1);

    public static BatchLimits Of(EmbeddingCallLimits call, EmbeddingModelOptions options) =>
        new(call.Texts, call.Tokens, options.BatchWait, options.Calls, options.QueueCapacity);
}
