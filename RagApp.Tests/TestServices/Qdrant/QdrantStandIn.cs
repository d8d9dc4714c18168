using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>
/// One Qdrant node on loopback, in memory: it answers as a 1.18 server was recorded to, compares everything exactly,
/// and misbehaves where a test asks for it. What it doesn't know it answers with 501.
/// </summary>
internal sealed class QdrantStandIn : IAsyncDisposable
{
    private const int LargestBody = 32 << 20;

    private readonly StandInDatabase _database = new();
    private readonly Lock _one = new();
    private StubService _server = null!;

    /// <summary>The key that may do everything; null for none.</summary>
    public string? Key { get; set; }

    /// <summary>The key that reads; null for none.</summary>
    public string? ReadOnlyKey { get; set; }

    /// <summary>Asked for each request.</summary>
    public Func<HttpRequest, QdrantFault> Fault { get; set; } = _ => QdrantFault.None;

    public string Address => _server.Address;

    /// <summary>Method, path and query of each request, in the order they came.</summary>
    public ConcurrentQueue<string> Requests => _server.Requests;

    public QdrantOptions Options => new() { Endpoint = Address, Key = Key ?? "" };

    public static async Task<QdrantStandIn> StartAsync(CancellationToken cancellationToken)
    {
        var server = new QdrantStandIn();
        server._server = await StubService.StartAsync(server.AnswerAsync, cancellationToken);
        return server;
    }

    /// <summary>The first request that <paramref name="which"/> names goes wrong, the others do not.</summary>
    public void FailOnce(QdrantFault fault, Func<HttpRequest, bool> which)
    {
        var left = 1;
        Fault = request => which(request) && Interlocked.Exchange(ref left, 0) == 1 ? fault : QdrantFault.None;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.ContentLength > LargestBody && !context.Request.HasFormContentType)
        {
            context.Abort();
            return;
        }
        if (Refused(context.Request) is { } refusal)
        {
            context.Response.StatusCode = 401;
            await context.Response.WriteAsync(refusal, context.RequestAborted);
            return;
        }
        var fault = Fault(context.Request);
        switch (fault)
        {
            case QdrantFault.Drop:
                context.Abort();
                return;
            case QdrantFault.Silence:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
            default:
                await AnswerAsync(context, fault);
                return;
        }
    }

    private async Task AnswerAsync(HttpContext context, QdrantFault fault)
    {
        try
        {
            if (fault is QdrantFault.Timeout)
                throw new QdrantRefusal(408, "Timeout: 2 out of 3 shards failed to apply operation. First error captured: Timeout error: Deadline Exceeded");
            if (fault is QdrantFault.Refusal)
                throw new QdrantRefusal(400, "Wrong input: something is wrong with it");
            if (fault is QdrantFault.Error)
                throw Broken();
            RequireManage(context.Request);
            var result = await _database.AnswerAsync(context.Request, _one);
            if (fault is QdrantFault.ErrorAfterwards)
                throw Broken();
            if (result is byte[] bytes)
                await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
            else if (result is string text)
                await context.Response.WriteAsync(text, context.RequestAborted);
            else
                await WriteAsync(context, 200, (JsonNode?)result);
        }
        catch (QdrantRefusal refusal)
        {
            await WriteAsync(context, refusal.Status, new JsonObject { ["status"] = new JsonObject { ["error"] = refusal.Message }, ["time"] = 0.0 });
        }
    }

    private static QdrantRefusal Broken() => new(500, "Service internal error: 2 out of 3 shards failed to apply operation. First error captured: Service internal error: Tonic status error: code: 'The service is currently unavailable'");

    private static async Task WriteAsync(HttpContext context, int status, JsonNode? body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body?.ToJsonString() ?? "null", context.RequestAborted);
    }

    /// <summary>What an unknown caller is told; null when all is well.</summary>
    private string? Refused(HttpRequest request)
    {
        if (Key is null || request.Path.Value is "/" or "/healthz" or "/livez" or "/readyz")
            return null;
        return KeyOf(request) switch
        {
            "" => "Must provide an API key or an Authorization bearer token",
            var key when key == Key || key == ReadOnlyKey => null,
            _ => "Invalid API key or JWT",
        };
    }

    private void RequireManage(HttpRequest request)
    {
        var reads = HttpMethods.IsGet(request.Method)
            || (request.Path.Value!.Split('/') is [.., var last] && last is "query" or "batch" or "count" or "scroll" or "facet" && !request.Path.Value.EndsWith("/points/batch", StringComparison.Ordinal));
        if (Key is not null && !reads && KeyOf(request) != Key)
            throw new QdrantRefusal(403, "Forbidden: Global manage access is required");
    }

    private static string KeyOf(HttpRequest request) =>
        request.Headers["api-key"].ToString() is { Length: > 0 } key ? key : request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
}
