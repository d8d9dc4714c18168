using System.Net;
using RagApp.Contracts.Http;

namespace RagApp.Embedding.Scheduling;

/// <summary>The refusal of a request that finds its lane full.</summary>
internal static class LaneFull
{
    /// <summary>Retry-After of the refusal: in this time two processors run about a hundred texts of an embedded model.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    public static ProblemException Refuse(int texts) => new(
        HttpStatusCode.TooManyRequests, $"Too much work waits already to take {texts} more texts. Send them again after the time in Retry-After.")
    {
        RetryAfter = RetryAfter,
    };
}
