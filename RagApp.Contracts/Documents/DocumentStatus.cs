using System.Text.Json.Serialization;

namespace RagApp.Contracts.Documents;

/// <summary>
/// Where a document is on its way. <see cref="Indexed"/>, <see cref="Empty"/> and <see cref="Failed"/>
/// are terminal until a new version is uploaded, <see cref="Quarantined"/> until then or until an operator decides.
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

    /// <summary>The file opened but holds no text, for example a scan.</summary>
    [JsonStringEnumMemberName("empty")]
    Empty,

    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>
    /// Its own text is done, and what came out of it is still in work. Only shown: a document's own state becomes visible
    /// when everything below it has come to an end.
    /// </summary>
    [JsonStringEnumMemberName("unpacking")]
    Unpacking,

    /// <summary>Confidential data was found in it: it waits for an operator, and answers nothing meanwhile.</summary>
    [JsonStringEnumMemberName("quarantined")]
    Quarantined,
}

public static class DocumentStatusExtensions
{
    /// <summary>Whether it stays until a new version is uploaded, or an operator decides: of a document as its readers see it, that nothing below it is in work either.</summary>
    public static bool IsFinal(this DocumentStatus status) =>
        status is DocumentStatus.Indexed or DocumentStatus.Empty or DocumentStatus.Failed or DocumentStatus.Quarantined;
}
