using System.Text.Json.Serialization;

namespace RagApp.Contracts.Search;

/// <summary>Ranked lists that a search combines: keyword (BM25), semantic (vectors) or both.</summary>
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
