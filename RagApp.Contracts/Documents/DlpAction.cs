using System.Text.Json.Serialization;

namespace RagApp.Contracts.Documents;

/// <summary>What is done about confidential data that was found in a document; each is stricter than the ones before it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DlpAction>))]
public enum DlpAction
{
    /// <summary>Nothing; it is not even looked for.</summary>
    [JsonStringEnumMemberName("allow")]
    Allow,

    /// <summary>The document says so.</summary>
    [JsonStringEnumMemberName("tag")]
    Tag,

    /// <summary>A mark takes its place in everything that is made of the document; the original is for its uploader only.</summary>
    [JsonStringEnumMemberName("redact")]
    Redact,

    /// <summary>The version waits until an operator releases or refuses it.</summary>
    [JsonStringEnumMemberName("quarantine")]
    Quarantine,

    /// <summary>The version fails and its original is removed.</summary>
    [JsonStringEnumMemberName("block")]
    Block,
}
