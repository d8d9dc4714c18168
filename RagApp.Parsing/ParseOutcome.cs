using System.Text.Json.Serialization;

namespace RagApp.Parsing;

/// <summary>The outcome of reading a file; its number is the exit code of <c>parse</c>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ParseOutcome>))]
internal enum ParseOutcome
{
    /// <summary>The file was read; it may contain no text.</summary>
    [JsonStringEnumMemberName("text")]
    Text = 0,

    /// <summary>The file is damaged, protected, or of an unreadable kind; the reason says which.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused = 1,

    /// <summary>The file exceeded a limit on time, memory, pages or text.</summary>
    [JsonStringEnumMemberName("limit")]
    LimitHit = 2,
}
