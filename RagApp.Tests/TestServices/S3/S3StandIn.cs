using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using RagApp.Storage.S3;

namespace RagApp.Tests.TestServices.S3;

/// <summary>
/// An S3 server on loopback with one bucket: it verifies signatures, enforces conditions, supports multipart uploads, and
/// produces the faults that a test asks for.
/// </summary>
internal sealed class S3StandIn : IAsyncDisposable
{
    public const string Bucket = "documents";
    public const string AccessKey = "AKSTANDIN";
    public const string SecretKey = "a/secret+key=for-tests";

    private readonly SemaphoreSlim _one = new(1, 1);
    private StubService _server = null!;

    public S3Objects Objects { get; } = new();

    /// <summary>Callback that chooses the fault of each request, before the request is carried out.</summary>
    public Func<HttpRequest, S3Fault> Fault { get; set; } = _ => S3Fault.None;

    /// <summary>Time by which the server's clock is ahead of the real one.</summary>
    public TimeSpan Skew { get; set; }

    public string Address => _server.Address;

    public ConcurrentQueue<string> Requests => _server.Requests;

    public S3Options Options => new()
    {
        Endpoint = Address, Bucket = Bucket, AccessKey = AccessKey, SecretKey = SecretKey, Timeout = TimeSpan.FromSeconds(30),
    };

    /// <summary>The options of the store as command-line arguments of a service.</summary>
    public string[] Settings =>
    [
        $"--Storage:S3:Endpoint={Address}", $"--Storage:S3:Bucket={Bucket}", $"--Storage:S3:AccessKey={AccessKey}", $"--Storage:S3:SecretKey={SecretKey}",
    ];

    public static async Task<S3StandIn> StartAsync(CancellationToken cancellationToken)
    {
        var server = new S3StandIn();
        server._server = await StubService.StartAsync(server.AnswerAsync, cancellationToken);
        return server;
    }

    /// <summary>Applies the fault only to the first request that <paramref name="which"/> selects.</summary>
    public void FailOnce(S3Fault fault, Func<HttpRequest, bool> which)
    {
        var left = 1;
        Fault = request => which(request) && Interlocked.Exchange(ref left, 0) == 1 ? fault : S3Fault.None;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var fault = S3Fault.None;
        S3Answer answer;
        await _one.WaitAsync(context.RequestAborted);
        try
        {
            if (S3Signature.Problem(context.Request, body.ToArray(), AccessKey, SecretKey, TimeProvider.System.GetUtcNow() + Skew) is { } problem)
                answer = S3Objects.Error(403, problem);
            else
                answer = (fault = Fault(context.Request)) switch
                {
                    S3Fault.SlowDown => S3Objects.Error(503, "SlowDown"),
                    S3Fault.Redirect => S3Objects.Error(301, "PermanentRedirect"),
                    S3Fault.Silence => await SayNothingAsync(context),
                    S3Fault.Refuse => S3Objects.Error(403, "AccessDenied"),
                    _ => After(fault, Do(context.Request, body.ToArray())),
                };
        }
        finally
        {
            _one.Release();
        }
        await WriteAsync(context, answer, fault == S3Fault.CutBody);
    }

    private static async Task<S3Answer> SayNothingAsync(HttpContext context)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        return S3Objects.Error(500, "InternalError");
    }

    private static S3Answer After(S3Fault fault, S3Answer answer) => fault switch
    {
        S3Fault.FailAfterDoing => S3Objects.Error(500, "InternalError"),
        S3Fault.ErrorInBodyAfterDoing => S3Objects.Error(200, "InternalError"),
        S3Fault.WrongETag => answer with { ETag = "\"00000000000000000000000000000000\"" },
        _ => answer,
    };

    private S3Answer Do(HttpRequest request, byte[] body)
    {
        var path = request.Path.Value!.TrimStart('/').Split('/', 2);
        var key = path.Length > 1 ? path[1] : "";
        if (path[0] != Bucket)
            return S3Objects.Error(404, "NoSuchBucket");
        var upload = request.Query["uploadId"].ToString();
        return request.Method switch
        {
            "GET" or "HEAD" when key.Length == 0 => Objects.List(request.Query),
            "GET" or "HEAD" => Objects.Get(key, request.Method == "GET"),
            "PUT" when upload.Length > 0 => Objects.PutPart(upload, int.Parse(request.Query["partNumber"]!, CultureInfo.InvariantCulture), body),
            "PUT" => Objects.Put(key, request.Headers, body),
            "DELETE" when upload.Length > 0 => Objects.Abort(upload),
            "DELETE" => Objects.Delete(key),
            "POST" when request.Query.ContainsKey("uploads") => Objects.Begin(key, request.Headers),
            "POST" => Objects.Complete(key, upload, request.Headers, body),
            _ => S3Objects.Error(405, "MethodNotAllowed"),
        };
    }

    private static async Task WriteAsync(HttpContext context, S3Answer answer, bool cut)
    {
        context.Response.StatusCode = answer.Status;
        if (answer.ETag is not null)
            context.Response.Headers.ETag = answer.ETag;
        foreach (var (name, value) in answer.Metadata ?? new Dictionary<string, string>(StringComparer.Ordinal))
            context.Response.Headers[name] = value;
        context.Response.Headers.LastModified = TimeProvider.System.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        if (answer.Status != StatusCodes.Status204NoContent)
            context.Response.ContentLength = answer.Length ?? answer.Body.Length;
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        await context.Response.Body.WriteAsync(cut ? answer.Body.AsMemory(0, answer.Body.Length / 2) : answer.Body, context.RequestAborted);
        if (!cut)
            return;
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }
}
