using System.Text.Json.Serialization;

namespace RagApp.Contracts.Search;

/// <summary>One earlier message of a conversation.</summary>
public sealed record SearchMessage(SearchRole Role, string Text);

/// <summary>Author of a message.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SearchRole>))]
public enum SearchRole
{
    [JsonStringEnumMemberName("user")]
    User,

    [JsonStringEnumMemberName("assistant")]
    Assistant,
}
