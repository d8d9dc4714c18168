using System.Collections.Concurrent;
using System.Net;
using RagApp.Contracts.Http;

namespace RagApp.Ingestion.Processing.Vectors;

/// <summary>
/// The tenants whose documents wait because the embedding service takes no more of their text for now: their budget is spent, or a
/// provider is at its limit. While a tenant waits, its documents are not parsed in vain.
/// </summary>
internal sealed class EmbeddingPauses(TimeProvider time)
{
    /// <summary>Longest time without another attempt: a budget may be raised at any moment.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, (DateTimeOffset Until, string Reason)> _pauses = new(StringComparer.Ordinal);

    /// <summary>True when the refusal is no fault of the text and will pass: a spent budget, or a limit with the time after which to ask again.</summary>
    public static bool IsCause(ApiException refusal) =>
        refusal.Status == HttpStatusCode.PaymentRequired
        || (refusal.Status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable && refusal.Problem.RetryAfter is not null);

    /// <summary>Begins a pause of the tenant.</summary>
    public EmbeddingPausedException Begin(string tenant, ApiException refusal)
    {
        var asked = refusal.Problem.RetryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : Longest;
        var wait = asked < Shortest ? Shortest : asked > Longest ? Longest : asked;
        var reason = $"It waits for the embedding model and goes on by itself: {refusal.Message}";
        _pauses[tenant] = (time.GetUtcNow() + wait, reason);
        return new EmbeddingPausedException(reason, wait);
    }

    /// <summary>The pause of the tenant; null when there is none.</summary>
    public EmbeddingPausedException? Find(string tenant) =>
        _pauses.TryGetValue(tenant, out var pause) && pause.Until - time.GetUtcNow() is { Ticks: > 0 } left ? new EmbeddingPausedException(pause.Reason, left) : null;
}

/// <summary>The document's text cannot be embedded now; the message says why, to people.</summary>
/// <param name="wait">Time after which it makes sense to try again.</param>
internal sealed class EmbeddingPausedException(string reason, TimeSpan wait) : Exception(reason)
{
    public TimeSpan Wait => wait;
}
