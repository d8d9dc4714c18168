using System.Net;
using System.Text.Json;
using Grpc.Core;
using RagApp.Text;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>Translates every failure of a call to a <see cref="QdrantException"/>; the only place that reads status codes.</summary>
internal static class QdrantErrors
{
    private const int LongestText = 2_000;
    private const string KeyHint =
        $"Check Key in ConnectionStrings:{QdrantOptions.ConnectionName}: it is the server's api-key, not the read-only one";

    /// <param name="method">Name of the call.</param>
    /// <param name="limit">Time limit of the call.</param>
    public static QdrantException Of(RpcException exception, Uri address, string method, TimeSpan limit)
    {
        if (exception is { StatusCode: StatusCode.DeadlineExceeded, Status.Detail: "" })
            return TimedOut(address, limit, exception);
        if (IsConnection(exception.Status.DebugException))
            return Unreachable(address, exception.Status.DebugException!);
        // The channel itself refuses a message that is too large, with the status code that a server uses for too many requests.
        var code = exception.StatusCode is StatusCode.ResourceExhausted && exception.Status.Detail.Contains("message exceeds", StringComparison.Ordinal)
            ? StatusCode.OutOfRange
            : exception.StatusCode;
        return Refused(code, method, exception.Status.Detail, exception);
    }

    public static async Task<QdrantException> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) => Refused(
        CodeOf(response.StatusCode),
        $"{response.RequestMessage?.Method} {response.RequestMessage?.RequestUri?.AbsolutePath}",
        TextOf(await response.Content.ReadAsByteArrayAsync(cancellationToken)),
        inner: null);

    public static QdrantException Unreachable(Uri address, Exception inner) =>
        new($"Qdrant at {address.Authority} cannot be reached, or closed the connection: {inner.GetBaseException().Message}", StatusCode.Unavailable, inner);

    public static QdrantException TimedOut(Uri address, TimeSpan limit, Exception? inner) =>
        new($"Qdrant at {address.Authority} did not answer within {limit.TotalSeconds:0.#} s.", StatusCode.DeadlineExceeded, inner);

    /// <summary>The time limit of a whole search passed, though each single answer arrived in time.</summary>
    public static QdrantException TooSlow(TimeSpan limit, Exception inner) =>
        new($"Qdrant was not done with the question within {limit.TotalSeconds:0.#} s.", StatusCode.DeadlineExceeded, inner);

    /// <summary>True when a connection failed, broke off or timed out; TLS wraps a connection's timeout in a cancellation.</summary>
    private static bool IsConnection(Exception? exception) =>
        exception is HttpRequestException or IOException or System.Net.Sockets.SocketException or TimeoutException
        || (exception is OperationCanceledException && IsConnection(exception.InnerException));

    private static QdrantException Refused(StatusCode code, string method, string detail, Exception? inner)
    {
        var hint = code is StatusCode.Unauthenticated or StatusCode.PermissionDenied ? $" {KeyHint}." : "";
        return new QdrantException($"Qdrant answered {code} to {method}: {Shorten(detail)}.{hint}", code, inner);
    }

    private static StatusCode CodeOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized => StatusCode.Unauthenticated,
        HttpStatusCode.Forbidden => StatusCode.PermissionDenied,
        HttpStatusCode.NotFound => StatusCode.NotFound,
        HttpStatusCode.RequestTimeout => StatusCode.DeadlineExceeded,
        HttpStatusCode.TooManyRequests => StatusCode.ResourceExhausted,
        >= HttpStatusCode.InternalServerError => StatusCode.Internal,
        _ => StatusCode.InvalidArgument,
    };

    /// <summary>
    /// The error in a body such as <c>{"status":{"error":"..."}}</c>, or the whole body when it is plain text, as from a proxy
    /// or for a missing key.
    /// </summary>
    private static string TextOf(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, QdrantRestJson.Wire.Refusal)?.Status?.Error ?? System.Text.Encoding.UTF8.GetString(body);
        }
        catch (JsonException)
        {
            return System.Text.Encoding.UTF8.GetString(body);
        }
    }

    private static string Shorten(string text) => Truncation.Head(text, LongestText).Trim().TrimEnd('.');
}
