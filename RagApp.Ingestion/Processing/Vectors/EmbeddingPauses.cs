using System.Collections.Concurrent;
using System.Net;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;

namespace RagApp.Ingestion.Processing.Vectors;

/// <summary>
/// The tenants whose documents wait because the embedding service takes no more of their text at the moment: their budget is spent, a
/// provider is at its limit, or no deployment of the model is in the region that the text must not leave. While a tenant's text of a region waits, documents
/// with such text are not parsed in vain.
/// </summary>
internal sealed class EmbeddingPauses(TimeProvider time)
{
    /// <summary>Longest time without another attempt: a budget may be raised at any moment.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(string Tenant, string? Region), (DateTimeOffset Until, string Reason)> _pauses = [];

    /// <summary>True when the refusal is no fault of the text and will pass: a spent budget, a region without a deployment, or a limit with the time after which to ask again.</summary>
    public static bool IsCause(ApiException refusal) =>
        refusal.Status is HttpStatusCode.PaymentRequired or HttpStatusCode.UnavailableForLegalReasons
        || (refusal.Status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable && refusal.Problem.RetryAfter is not null);

    /// <summary>Begins a pause of the text that the principal of background work may send.</summary>
    public EmbeddingPausedException Begin(Principal principal, ApiException refusal)
    {
        var asked = refusal.Problem.RetryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : Longest;
        var wait = asked < Shortest ? Shortest : asked > Longest ? Longest : asked;
        var reason = $"It waits for the embedding model and goes on by itself: {refusal.Message}";
        _pauses[(principal.Tenant, principal.Region)] = (time.GetUtcNow() + wait, reason);
        return new EmbeddingPausedException(reason, wait);
    }

    /// <summary>The pause of a principal's text; null when there is none.</summary>
    public EmbeddingPausedException? Find(Principal principal) =>
        _pauses.TryGetValue((principal.Tenant, principal.Region), out var pause) && pause.Until - time.GetUtcNow() is { Ticks: > 0 } left ? new EmbeddingPausedException(pause.Reason, left) : null;
}

/// <summary>The document's text cannot be embedded now; the message says why, to people.</summary>
/// <param name="wait">Time after which it makes sense to try again.</param>
internal sealed class EmbeddingPausedException(string reason, TimeSpan wait) : Exception(reason)
{
    public TimeSpan Wait => wait;
}
