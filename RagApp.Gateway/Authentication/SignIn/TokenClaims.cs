using System.Text.Json;

namespace RagApp.Gateway.Authentication.SignIn;

/// <summary>Reads claims by name. Dots in a name lead into objects, unless a claim has the whole name.</summary>
internal static class TokenClaims
{
    public static JsonElement? Find(JsonElement claims, string name)
    {
        if (claims.ValueKind != JsonValueKind.Object)
            return null;
        if (claims.TryGetProperty(name, out var whole))
            return whole;
        JsonElement? place = claims;
        foreach (var step in name.Split('.'))
            place = place is { ValueKind: JsonValueKind.Object } inside && inside.TryGetProperty(step, out var next) ? next : null;
        return place;
    }

    /// <summary>A claim that is a text; null when it is missing, blank or of another form.</summary>
    public static string? TextOf(JsonElement claims, string name) =>
        Find(claims, name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
}
