using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Identity;

namespace RagApp.Gateway.Answers.Caching;

/// <summary>The cosines from which two questions are similar, by embedding model, which the embedding service states; a copy lasts five minutes.</summary>
internal sealed class SimilarityLimits(TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private volatile Snapshot? _latest;

    /// <summary>The limit of a model; null when the service states none, so that only the same question finds an answer.</summary>
    public async Task<double?> FindAsync(EmbeddingClient embeddings, Principal principal, string model, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_latest is not { } known || now - known.At >= Lifetime || !known.Limits.ContainsKey(model))
        {
            var models = await embeddings.GetModelsAsync(principal, cancellationToken);
            known = new Snapshot(models.Data.ToDictionary(entry => entry.Id, entry => entry.AnswerSimilarity, StringComparer.Ordinal), now);
            _latest = known;
        }
        return known.Limits.GetValueOrDefault(model);
    }

    private sealed record Snapshot(Dictionary<string, double?> Limits, DateTimeOffset At);
}
