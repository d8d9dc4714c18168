using System.Text.Json.Serialization;

namespace RagApp.Contracts.Documents;

/// <summary>
/// State of a document's processing. <see cref="Indexed"/>, <see cref="Empty"/> and <see cref="Failed"/> last until a new
/// version is uploaded; <see cref="Quarantined"/> lasts until then or until an operator decides.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<DocumentStatus>))]
public enum DocumentStatus
{
    [JsonStringEnumMemberName("queued")]
    Queued,

    [JsonStringEnumMemberName("parsing")]
    Parsing,

    [JsonStringEnumMemberName("chunking")]
    Chunking,

    [JsonStringEnumMemberName("embedding")]
    Embedding,

    [JsonStringEnumMemberName("indexed")]
    Indexed,

    /// <summary>The file could be opened but holds no text, for example a scan.</summary>
    [JsonStringEnumMemberName("empty")]
    Empty,

    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>
    /// The document's own text is done and its children are still in progress. This state is only shown, never stored: it covers
    /// the document's own final state until all descendants are final.
    /// </summary>
    [JsonStringEnumMemberName("unpacking")]
    Unpacking,

    /// <summary>Confidential data was found: the document waits for an operator, and searches do not find it.</summary>
    [JsonStringEnumMemberName("quarantined")]
    Quarantined,
}

public static class DocumentStatusExtensions
{
    /// <summary>
    /// True when the state changes only by a new upload or an operator's decision. A document with children in progress shows a
    /// state that is not final.
    /// </summary>
    public static bool IsFinal(this DocumentStatus status) =>
        status is DocumentStatus.Indexed or DocumentStatus.Empty or DocumentStatus.Failed or DocumentStatus.Quarantined;
}
