using System.Text.Json.Serialization;

namespace RagApp.Contracts.Documents;

/// <summary>An action taken when confidential data is found in a document, ordered from the mildest to the strictest.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DlpAction>))]
public enum DlpAction
{
    /// <summary>No action; the data is not looked for.</summary>
    [JsonStringEnumMemberName("allow")]
    Allow,

    /// <summary>The document receives a tag that names the kind of data.</summary>
    [JsonStringEnumMemberName("tag")]
    Tag,

    /// <summary>The data is replaced by a mark in all text made from the document; only the uploader may read the original.</summary>
    [JsonStringEnumMemberName("redact")]
    Redact,

    /// <summary>The version is held back until an operator releases or refuses it.</summary>
    [JsonStringEnumMemberName("quarantine")]
    Quarantine,

    /// <summary>The version fails, and its original is removed.</summary>
    [JsonStringEnumMemberName("block")]
    Block,
}
