using System.Net;
using System.Text.Json;

namespace RagApp.Contracts.Http;

/// <summary>
/// An error whose reason the caller is told: services answer it with problem details (RFC 9457). The message becomes the
/// <c>detail</c>, a sentence that tells a person what to do.
/// </summary>
/// <param name="inner">Cause for the log; callers never see it.</param>
public class ProblemException(HttpStatusCode status, string message, Exception? inner = null) : Exception(message, inner)
{
    public HttpStatusCode Status { get; } = status;

    /// <summary>Problem type, a URI, for clients that handle this error by program; null when clients only show the message.</summary>
    public string? Type { get; init; }

    /// <summary>Time after which another try makes sense; null when another try does not help or the time is unknown.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Further members of the problem (RFC 9457), for clients that handle this error by program; null when there are none.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Extensions { get; init; }

    /// <summary>Creates the error for a request that is itself wrong (400).</summary>
    public static ProblemException BadRequest(string message, Exception? inner = null) => new(HttpStatusCode.BadRequest, message, inner);
}
