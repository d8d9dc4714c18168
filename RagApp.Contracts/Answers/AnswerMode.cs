using System.Text.Json.Serialization;

namespace RagApp.Contracts.Answers;

/// <summary>The way to an answer.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AnswerMode>))]
public enum AnswerMode
{
    /// <summary>One search, whose passages are answered from.</summary>
    [JsonStringEnumMemberName("direct")]
    Direct,

    /// <summary>The chat model searches further by itself until it can answer; it takes longer and costs several calls.</summary>
    [JsonStringEnumMemberName("agentic")]
    Agentic,
}
