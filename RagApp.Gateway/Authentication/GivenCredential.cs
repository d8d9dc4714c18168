namespace RagApp.Gateway.Authentication;

/// <summary>Reads the credentials of a request: <c>Authorization: Bearer ...</c> and <c>X-Api-Key: ...</c>.</summary>
internal static class GivenCredential
{
    private const string BearerPrefix = "Bearer ";

    /// <summary>Beginning of a signed token (JWS): <c>{"</c> in base64url.</summary>
    private const string TokenStart = "eyJ";

    /// <summary>All credentials of a request, without repetition; more than one is ambiguous.</summary>
    public static IReadOnlyList<string> All(HttpRequest request) => [.. InHeaders(request).Distinct(StringComparer.Ordinal)];

    /// <summary>True when the only credential has the form of a signed token.</summary>
    public static bool IsToken(HttpRequest request) =>
        All(request) is [var only] && only.StartsWith(TokenStart, StringComparison.Ordinal) && only.AsSpan().Count('.') == 2;

    private static IEnumerable<string> InHeaders(HttpRequest request)
    {
        foreach (var header in request.Headers[ApiKeyHandler.HeaderName])
        {
            if (!string.IsNullOrWhiteSpace(header))
                yield return header.Trim();
        }
        foreach (var header in request.Headers.Authorization)
        {
            if (header?.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase) is true && header[BearerPrefix.Length..].Trim() is { Length: > 0 } given)
                yield return given;
        }
    }
}
