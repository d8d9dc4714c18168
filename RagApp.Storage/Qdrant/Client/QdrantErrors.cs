using System.Net;
using System.Text.Json;
using Grpc.Core;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>Makes the index's exception of whatever ends a call: the one place where status codes are read.</summary>
internal static class QdrantErrors
{
    private const int LongestText = 2_000;
    private const string KeyHint =
        $"Check Key in ConnectionStrings:{QdrantOptions.ConnectionName}: it is the server's api-key, not the read-only one";

    /// <param name="method">The call's name.</param>
    /// <param name="limit">How long it was waited for.</param>
    public static QdrantException Of(RpcException exception, Uri address, string method, TimeSpan limit)
    {
        if (exception is { StatusCode: StatusCode.DeadlineExceeded, Status.Detail: "" })
            return TimedOut(address, limit, exception);
        if (IsConnection(exception.Status.DebugException))
            return Unreachable(address, exception.Status.DebugException!);
        // A message that is too large is stopped by the channel, under the code of a server that is asked too often.
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

    /// <summary>All answers came, and all together came too late.</summary>
    public static QdrantException TooSlow(TimeSpan limit, Exception inner) =>
        new($"Qdrant was not done with the question within {limit.TotalSeconds:0.#} s.", StatusCode.DeadlineExceeded, inner);

    /// <summary>True when there was no connection, or it ended. One that is not made in time is a timeout, which TLS wraps in a cancellation.</summary>
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

    /// <summary>JSON <c>{"status":{"error":"..."}}</c>, or plain text, as with a missing key or from a proxy before the server.</summary>
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

    private static string Shorten(string text) => (text.Length > LongestText ? text[..LongestText] : text).Trim().TrimEnd('.');
}
