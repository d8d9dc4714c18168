namespace RagApp.Contracts.Http;

/// <summary>An error as services report it: problem details, RFC 9457.</summary>
public sealed record Problem(string? Type, string? Title, int? Status, string? Detail)
{
    /// <summary>Type of the problem that what is stored of one document is damaged.</summary>
    public const string Damaged = "urn:ragapp:problem:damaged";

    /// <summary>Type of the problem that a change would take the caller's own right to read; it can be asked for all the same.</summary>
    public const string WithoutCaller = "urn:ragapp:problem:without-caller";

    /// <summary>Id of the trace of the failed request, for support.</summary>
    public string? TraceId { get; init; }

    /// <summary>Seconds after which trying again makes sense, where that is known.</summary>
    public int? RetryAfter { get; init; }
}
