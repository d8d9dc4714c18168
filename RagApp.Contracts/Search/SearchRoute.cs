using System.Text.Json.Serialization;

namespace RagApp.Contracts.Search;

/// <summary>What kind of question it was taken for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SearchRoute>))]
public enum SearchRoute
{
    /// <summary>A question in words, or anything that is nothing else.</summary>
    [JsonStringEnumMemberName("question")]
    Question,

    /// <summary>A few words without the form of a question.</summary>
    [JsonStringEnumMemberName("keywords")]
    Keywords,

    /// <summary>An identifier, a code, a quoted phrase or the name of a file.</summary>
    [JsonStringEnumMemberName("exact")]
    Exact,

    /// <summary>What the system can do; answered without a search.</summary>
    [JsonStringEnumMemberName("help")]
    Help,

    /// <summary>A greeting, thanks or goodbye; answered without a search.</summary>
    [JsonStringEnumMemberName("smallTalk")]
    SmallTalk,
}
