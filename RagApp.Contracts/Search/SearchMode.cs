using System.Text.Json.Serialization;

namespace RagApp.Contracts.Search;

/// <summary>Which lists a search takes part in.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SearchMode>))]
public enum SearchMode
{
    [JsonStringEnumMemberName("hybrid")]
    Hybrid,

    [JsonStringEnumMemberName("keyword")]
    Keyword,

    [JsonStringEnumMemberName("semantic")]
    Semantic,
}
