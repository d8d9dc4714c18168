using System.Text.Json.Serialization;

namespace RagApp.Contracts.Search;

/// <summary>Kind of question that the router recognized.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SearchRoute>))]
public enum SearchRoute
{
    /// <summary>A question in words; also the kind of every query that fits no other.</summary>
    [JsonStringEnumMemberName("question")]
    Question,

    /// <summary>A few words that do not form a question.</summary>
    [JsonStringEnumMemberName("keywords")]
    Keywords,

    /// <summary>An identifier, a code, a quoted phrase or the name of a file.</summary>
    [JsonStringEnumMemberName("exact")]
    Exact,

    /// <summary>A request for help or a question about the system itself; answered without a search.</summary>
    [JsonStringEnumMemberName("help")]
    Help,

    /// <summary>A greeting, thanks or goodbye; answered without a search.</summary>
    [JsonStringEnumMemberName("smallTalk")]
    SmallTalk,

    /// <summary>A request that no document can answer, such as a sum, a joke or the weather; answered without a search.</summary>
    [JsonStringEnumMemberName("outOfScope")]
    OutOfScope,
}
