using System.Text.Json.Serialization;

namespace RagApp.Parsing;

/// <summary>The kind of a text block.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BlockKind>))]
internal enum BlockKind
{
    [JsonStringEnumMemberName("paragraph")]
    Paragraph,

    [JsonStringEnumMemberName("heading")]
    Heading,

    [JsonStringEnumMemberName("item")]
    ListItem,

    /// <summary>A table row, with its cells joined by <c> | </c>.</summary>
    [JsonStringEnumMemberName("row")]
    TableRow,

    /// <summary>A note below a table, which explains its rows.</summary>
    [JsonStringEnumMemberName("note")]
    TableNote,

    [JsonStringEnumMemberName("code")]
    Code,
}
