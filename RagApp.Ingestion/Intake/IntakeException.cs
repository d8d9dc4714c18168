namespace RagApp.Ingestion.Intake;

/// <summary>An upload cannot be taken; the message says the way out.</summary>
internal sealed class IntakeException(int status, string detail, Exception? cause = null) : Exception(detail, cause)
{
    public int Status { get; } = status;

    /// <summary>Problem type, a URI, for callers that do something about it; null for those who only show the message.</summary>
    public string? Type { get; init; }
}
