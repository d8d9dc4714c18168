using System.Text.Json.Serialization;

namespace RagApp.Ingestion.Parsing;

/// <summary>How reading a file ended; the number is the exit code of <c>parse</c>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ParseOutcome>))]
internal enum ParseOutcome
{
    /// <summary>The file was read, though it may hold no text.</summary>
    [JsonStringEnumMemberName("text")]
    Text = 0,

    /// <summary>Damaged, protected, or of a kind that is not read; the reason says which.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused = 1,

    /// <summary>It asked for more time, memory, pages or text than one document gets.</summary>
    [JsonStringEnumMemberName("limit")]
    LimitHit = 2,
}
