using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace RagApp.Storage.S3;

/// <summary>
/// Sends signed calls, again after a pause when the server is overloaded or gone for a moment. Every attempt is
/// signed anew, since a signature holds for some minutes only.
/// </summary>
internal sealed class S3Client : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, // a signature holds for one host
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = 16 << 20 };

    private readonly S3Options _options;
    private readonly S3Signer _signer;
    private readonly S3Errors _errors;
    private readonly Uri _bucket;
    private readonly TimeProvider _time;
    private readonly ILogger<S3Client> _logger;

    public S3Client(IOptions<S3Options> options, TimeProvider time, ILogger<S3Client> logger)
    {
        (_options, _time, _logger) = (options.Value, time, logger);
        _signer = new S3Signer(_options.AccessKey, _options.SecretKey, _options.Region, time);
        _errors = new S3Errors(_options, time);
        _bucket = BucketAddress(_options);
    }

    /// <summary>The answer, when it is a good one; the caller disposes it.</summary>
    /// <exception cref="S3Exception">It was refused, or there was none after several attempts.</exception>
    public async Task<HttpResponseMessage> SendAsync(S3Request request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await SendOnceAsync(request, cancellationToken);
            }
            catch (S3Exception exception) when (exception.IsTransient && attempt < request.Attempts)
            {
                _logger.CallRepeated(request.Method.Method, exception.Code, attempt);
            }
            catch (S3Exception exception)
            {
                exception.AfterUnclearAttempt = attempt > 1;
                throw;
            }
            await Task.Delay(Pause(attempt), _time, cancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendOnceAsync(S3Request request, CancellationToken cancellationToken)
    {
        using var message = request.ToMessage(_bucket);
        _signer.Sign(message, request);
        var response = await ReceiveAsync(message, request.IsStreamed, cancellationToken);
        if (response.IsSuccessStatusCode && !await IsErrorAsync(request, response, cancellationToken))
            return response;
        using (response)
            throw await _errors.ReadAsync(response, cancellationToken);
    }

    private async Task<HttpResponseMessage> ReceiveAsync(HttpRequestMessage message, bool isStreamed, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await _http.SendAsync(
                message, isStreamed ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead, either.Token);
        }
        catch (HttpRequestException exception)
        {
            throw _errors.Unreachable(exception);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw _errors.TimedOut();
        }
    }

    /// <summary>Completing a multipart upload may take long: a server says 200 early, and that it failed in the body.</summary>
    private static async Task<bool> IsErrorAsync(S3Request request, HttpResponseMessage response, CancellationToken cancellationToken) =>
        request.Method == HttpMethod.Post && S3Xml.ErrorIn(await response.Content.ReadAsByteArrayAsync(cancellationToken)) is not null;

    /// <summary>Twice as long each time, and by chance a little shorter, so that many callers don't come back at once.</summary>
    private static TimeSpan Pause(int attempt) => FirstPause * Math.Pow(2, attempt - 1) * (0.5 + (Random.Shared.NextDouble() / 2));

    private static Uri BucketAddress(S3Options options)
    {
        var endpoint = new Uri(options.Endpoint);
        return options.PathStyle
            ? new Uri(endpoint, $"{options.Bucket}/")
            : new UriBuilder(endpoint) { Host = $"{options.Bucket}.{endpoint.Host}" }.Uri;
    }
}
