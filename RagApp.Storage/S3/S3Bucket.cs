using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;
using Amazon.S3.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace RagApp.Storage.S3;

/// <summary>
/// Calls the bucket through Amazon's SDK, and retries when the server is overloaded or does not answer. The SDK's own retries are
/// off: they use the system's clock, give up at once when two writers conflict, and correct a wrong clock silently.
/// </summary>
internal sealed class S3Bucket : IDisposable
{
    private const int Attempts = 5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    private readonly HttpClient _http = new(new AtOnce(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, // a signature is valid for one host only
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    }))
    { Timeout = Timeout.InfiniteTimeSpan };

    private readonly Client _client;
    private readonly S3Errors _errors;
    private readonly ResiliencePipeline _once;
    private readonly ResiliencePipeline _repeated;

    public S3Bucket(IOptions<S3Options> options, TimeProvider time, ILogger<S3Bucket> logger)
    {
        _client = new Client(new BasicAWSCredentials(options.Value.AccessKey, options.Value.SecretKey), Configuration(options.Value, _http));
        _errors = new S3Errors(options.Value, time);
        _once = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(options.Value.Timeout).Build();
        _repeated = new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(Retries(logger)).AddTimeout(options.Value.Timeout).Build();
    }

    /// <summary>Makes a call, with retries, and returns its successful answer.</summary>
    /// <param name="call">Makes the call with a new request on each attempt.</param>
    /// <exception cref="S3Exception">The call was refused, or there was no answer after several attempts.</exception>
    public Task<T> CallAsync<T>(Func<IAmazonS3, CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        CallAsync(_repeated, call, cancellationToken);

    /// <summary>Makes a call in a single attempt.</summary>
    /// <exception cref="S3Exception">The call was refused, or there was no answer.</exception>
    public Task<T> CallOnceAsync<T>(Func<IAmazonS3, CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        CallAsync(_once, call, cancellationToken);

    public void Dispose()
    {
        _client.Dispose();
        _http.Dispose();
    }

    private async Task<T> CallAsync<T>(ResiliencePipeline pipeline, Func<IAmazonS3, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await pipeline.ExecuteAsync(async token => await call(_client, token), cancellationToken);
        }
        catch (Exception exception) when (_errors.Find(exception) is not null)
        {
            throw _errors.Find(exception)!;
        }
    }

    private RetryStrategyOptions Retries(ILogger logger) => new()
    {
        MaxRetryAttempts = Attempts - 1,
        Delay = FirstPause,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        ShouldHandle = failed => ValueTask.FromResult(failed.Outcome.Exception is { } exception && _errors.Find(exception) is { IsTransient: true }),
        OnRetry = failed =>
        {
            logger.CallRepeated(_errors.Find(failed.Outcome.Exception!)!.Code, failed.AttemptNumber + 1);
            return ValueTask.CompletedTask;
        },
    };

    private static AmazonS3Config Configuration(S3Options options, HttpClient http) => new()
    {
        ServiceURL = options.Endpoint,
        AuthenticationRegion = options.Region,
        ForcePathStyle = options.PathStyle,
        HttpClientFactory = new Shared(http),
        MaxErrorRetry = 0,
        MaxStaleConnectionRetries = 0,
        // The SDK's checksums are sent as trailers and in extra headers, which many servers refuse.
        RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
        ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
    };

    private sealed class Client(AWSCredentials credentials, AmazonS3Config configuration) : AmazonS3Client(credentials, configuration)
    {
        /// <summary>
        /// Removes the SDK's handler that expects an entity tag to be the MD5 of the content. It fails on servers that make tags in
        /// another way; here a tag only shows that the content changed.
        /// </summary>
        protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
        {
            base.CustomizeRuntimePipeline(pipeline);
            pipeline.RemoveHandler<AmazonS3ResponseHandler>();
        }
    }

    /// <summary>Lets the SDK use the bucket's shared HTTP client.</summary>
    private sealed class Shared(HttpClient http) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => http;

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
    }

    /// <summary>Sends a body without <c>Expect: 100-continue</c>, which would cost each small write an extra round trip.</summary>
    private sealed class AtOnce(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.ExpectContinue = null;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
