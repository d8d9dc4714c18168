using System.Text.Json.Serialization;

namespace RagApp.Ingestion.Parsing;

/// <summary>What a piece of text is in its document.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BlockKind>))]
internal enum BlockKind
{
    [JsonStringEnumMemberName("paragraph")]
    Paragraph,

    [JsonStringEnumMemberName("heading")]
    Heading,

    [JsonStringEnumMemberName("item")]
    ListItem,

    /// <summary>One row of a table, its cells joined by <c> | </c>.</summary>
    [JsonStringEnumMemberName("row")]
    TableRow,

    [JsonStringEnumMemberName("code")]
    Code,
}
