using System.Text.Json;
using System.Text.Json.Serialization;

namespace RagApp.Contracts.Http;

/// <summary>An error that a service reports, as problem details (RFC 9457).</summary>
public sealed record Problem(string? Type, string? Title, int? Status, string? Detail)
{
    /// <summary>Problem type for a document whose stored data is damaged.</summary>
    public const string Damaged = "urn:ragapp:problem:damaged";

    /// <summary>Problem type for a change that would take away the caller's own right to read; the caller can confirm such a change.</summary>
    public const string WithoutCaller = "urn:ragapp:problem:without-caller";

    /// <summary>Id of the trace of the failed request, for support.</summary>
    public string? TraceId { get; init; }

    /// <summary>Number of seconds after which another try makes sense; null when unknown.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Further members, such as what a budget has left; null when there are none.</summary>
    /// <remarks>The serializer does not fill such a property when it is init-only.</remarks>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extensions { get; set; }
}
