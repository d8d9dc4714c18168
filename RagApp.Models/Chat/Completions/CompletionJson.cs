using System.Text.Json;
using RagApp.Contracts.Http;

namespace RagApp.Models.Chat.Completions;

/// <summary>Reads fields of a request; a field of another type than OpenAI's format has is refused by its name.</summary>
internal static class CompletionJson
{
    /// <summary>The value of a field; null when it is missing or <c>null</c>.</summary>
    public static JsonElement? FieldOf(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>The text of a field; null when it is missing.</summary>
    /// <exception cref="ProblemException">400: the value is no text.</exception>
    public static string? TextOf(this JsonElement json, string name) => json.FieldOf(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => throw Refuse($"'{name}' is a text."),
    };

    /// <exception cref="ProblemException">400: the value is missing, or no text.</exception>
    public static string RequiredTextOf(this JsonElement json, string name) =>
        json.TextOf(name) is { Length: > 0 } text ? text : throw Refuse($"'{name}' is missing.");

    /// <summary>The items of a list; none when the field is missing.</summary>
    /// <exception cref="ProblemException">400: the value is no list.</exception>
    public static IEnumerable<JsonElement> ItemsOf(this JsonElement json, string name) => json.FieldOf(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
        _ => throw Refuse($"'{name}' is a list."),
    };

    /// <summary>Creates the error for a request that is wrong.</summary>
    public static ProblemException Refuse(string sentence) => ProblemException.BadRequest(sentence);

    /// <summary>Creates the error for what the model's provider has no equal for.</summary>
    public static ProblemException Unknown(string what) =>
        Refuse($"{what} cannot be passed to this model, whose provider has an API of its own: leave it out, or use another model.");
}
