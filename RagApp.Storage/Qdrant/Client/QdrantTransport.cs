using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>
/// Sends requests to whichever node answers. A question goes once to each node until one answers. A write is repeated,
/// on one node after another and with longer pauses, until it succeeds or its deadline has passed: an error may leave
/// it applied to some shards only, and copies then differ until the same write has succeeded.
/// </summary>
internal sealed class QdrantTransport : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, // the key is for these hosts
        ConnectTimeout = TimeSpan.FromSeconds(3),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    private readonly QdrantOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<QdrantTransport> _logger;

    public QdrantTransport(IOptions<QdrantOptions> options, TimeProvider time, ILogger<QdrantTransport> logger)
    {
        (_options, _time, _logger) = (options.Value, time, logger);
        Nodes = new QdrantNodes(_options.Addresses, time);
    }

    public QdrantNodes Nodes { get; }

    /// <exception cref="QdrantException">It was refused, or no node answered in time.</exception>
    public async Task<T> SendAsync<T>(QdrantRequest request, JsonTypeInfo<QdrantAnswer<T>> type, CancellationToken cancellationToken)
    {
        using var response = request.IsWrite
            ? await WriteAsync(request, cancellationToken)
            : await ReadAsync(request, cancellationToken);
        return await ParseAsync(request, response, type, cancellationToken);
    }

    /// <summary>One attempt at the request's node with the time that a snapshot takes; with this content when it has no body of its own.</summary>
    public async Task<T> SendLongAsync<T>(
        QdrantRequest request, JsonTypeInfo<QdrantAnswer<T>> type, CancellationToken cancellationToken, HttpContent? content = null)
    {
        using var message = request.ToMessage(request.Node!, _options.Key);
        message.Content ??= content;
        using var response = await SendOnceAsync(message, HttpCompletionOption.ResponseContentRead, _options.SnapshotTimeout, cancellationToken);
        return await ParseAsync(request, response, type, cancellationToken);
    }

    /// <summary>An answer from the request's node whose body is yet to be read.</summary>
    public async Task<HttpResponseMessage> OpenAsync(QdrantRequest request, CancellationToken cancellationToken)
    {
        using var message = request.ToMessage(request.Node!, _options.Key);
        return await SendOnceAsync(message, HttpCompletionOption.ResponseHeadersRead, _options.ReadTimeout, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private static async Task<T> ParseAsync<T>(
        QdrantRequest request, HttpResponseMessage response, JsonTypeInfo<QdrantAnswer<T>> type, CancellationToken cancellationToken)
    {
        try
        {
            using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var answer = await JsonSerializer.DeserializeAsync(body, type, cancellationToken);
            return answer is { Result: { } result } ? result : throw new JsonException("there is no result");
        }
        catch (JsonException exception)
        {
            throw new QdrantException($"{request.Method} {request.Path} was answered with something else than Qdrant's JSON: {exception.Message}", response.StatusCode, exception);
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage message, HttpCompletionOption completion, TimeSpan limit, CancellationToken cancellationToken)
    {
        var address = message.RequestUri!;
        using var timeout = new CancellationTokenSource(limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var response = await _http.SendAsync(message, completion, either.Token);
            if (response.IsSuccessStatusCode)
                return response;
            using (response)
                throw await QdrantErrors.ReadAsync(response, either.Token);
        }
        catch (HttpRequestException exception)
        {
            throw QdrantErrors.Unreachable(address, exception);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw QdrantErrors.TimedOut(address, limit);
        }
    }

    private async Task<HttpResponseMessage> ReadAsync(QdrantRequest request, CancellationToken cancellationToken)
    {
        QdrantException? last = null;
        foreach (var address in request.Node is { } node ? [node] : Nodes.InTurn())
        {
            try
            {
                return await AskAsync(request, address, _options.ReadTimeout, cancellationToken);
            }
            catch (QdrantException exception) when (exception.IsTransient)
            {
                last = exception;
            }
        }
        throw last!;
    }

    private async Task<HttpResponseMessage> WriteAsync(QdrantRequest request, CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await AskAsync(request, request.Node ?? Nodes.InTurn()[0], _options.WriteTimeout, cancellationToken);
            }
            catch (QdrantException exception) when (exception.IsTransient && _time.GetElapsedTime(began) < _options.WriteDeadline)
            {
                _logger.WriteRepeated(request.Method.Method, request.Path, attempt, exception.Message);
            }
            await Task.Delay(Pause(attempt), _time, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> AskAsync(QdrantRequest request, Uri address, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var message = request.ToMessage(address, _options.Key);
        try
        {
            var response = await SendOnceAsync(message, HttpCompletionOption.ResponseContentRead, limit, cancellationToken);
            Nodes.Answered(address);
            return response;
        }
        catch (QdrantException exception) when (exception.IsTransient)
        {
            Nodes.Failed(address);
            throw;
        }
    }

    /// <summary>Twice as long each time, and by chance a little shorter, so that many callers don't come back at once.</summary>
    private static TimeSpan Pause(int attempt)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(attempt, 10) - 1);
        return (pause < LongestPause ? pause : LongestPause) * (0.5 + (Random.Shared.NextDouble() / 2));
    }
}
