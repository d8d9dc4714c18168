using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Identity;

namespace RagApp.Query.Ranking;

/// <summary>Cache of the embedding models' fusion weights, which the embedding service states; entries last five minutes.</summary>
internal sealed class FusionWeights(TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private volatile Snapshot? _latest;

    /// <summary>Returns the weight of <paramref name="model"/>, 0 to 1; a model that is not in the cache is asked for at once.</summary>
    public async Task<double> GetAsync(EmbeddingClient embeddings, Principal principal, string model, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_latest is { } known && now - known.At < Lifetime && known.Weights.TryGetValue(model, out var weight))
            return weight;

        var models = await embeddings.GetModelsAsync(principal, cancellationToken);
        var latest = new Snapshot(models.Data.ToDictionary(entry => entry.Id, entry => entry.FusionWeight, StringComparer.Ordinal), now);
        _latest = latest;
        return latest.Weights.TryGetValue(model, out weight)
            ? weight
            : throw new InvalidOperationException($"The embedding service answered with model '{model}', which it does not list.");
    }

    private sealed record Snapshot(Dictionary<string, double> Weights, DateTimeOffset At);
}
