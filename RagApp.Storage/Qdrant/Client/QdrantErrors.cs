using System.Net;
using System.Text.Json;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>Makes exceptions of refusals: JSON <c>{"status":{"error":"..."}}</c>, or plain text where the key is wrong.</summary>
internal static class QdrantErrors
{
    private const int LongestText = 2_000;
    private const string KeyHint =
        $"Check Key in ConnectionStrings:{QdrantOptions.ConnectionName}: it is the server's api-key, not the read-only one";

    public static async Task<QdrantException> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = TextOf(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        var place = $"{response.RequestMessage?.Method} {response.RequestMessage?.RequestUri?.AbsolutePath}";
        var hint = response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? $" {KeyHint}." : "";
        return new QdrantException($"Qdrant answered {(int)response.StatusCode} to {place}: {text}.{hint}", response.StatusCode);
    }

    public static QdrantException Unreachable(Uri address, HttpRequestException inner) =>
        new($"Qdrant at {address.Authority} cannot be reached, or closed the connection: {inner.Message}", status: null, inner);

    public static QdrantException TimedOut(Uri address, TimeSpan limit) =>
        new($"Qdrant at {address.Authority} did not answer within {limit.TotalSeconds:0} s.", status: null);

    private static string TextOf(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind is JsonValueKind.Object
                && json.RootElement.TryGetProperty("status", out var status) && status.ValueKind is JsonValueKind.Object
                && status.TryGetProperty("error", out var error) && error.GetString() is { } text)
                return Shorten(text);
        }
        catch (JsonException)
        {
            // Plain text, as with a missing key or from a proxy before the server.
        }
        return Shorten(System.Text.Encoding.UTF8.GetString(body));
    }

    private static string Shorten(string text) => (text.Length > LongestText ? text[..LongestText] : text).Trim().TrimEnd('.');
}
