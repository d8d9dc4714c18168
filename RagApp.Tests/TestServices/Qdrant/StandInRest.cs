using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>The REST functions that gRPC lacks: health, cluster, and snapshot files.</summary>
internal static class StandInRest
{
    public static async Task AnswerAsync(QdrantStandIn node, HttpContext context)
    {
        var request = context.Request;
        try
        {
            var writes = !HttpMethods.IsGet(request.Method);
            var result = await node.AnswerAsync(new QdrantCall($"{request.Method} {request.Path}", Message: null), writes, context, () => AnswerAsync(node, request));
            if (result is byte[] bytes)
                await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
            else if (result is string text)
                await context.Response.WriteAsync(text, context.RequestAborted);
            else
                await WriteAsync(context, 200, new JsonObject { ["result"] = (JsonNode?)result, ["status"] = "ok", ["time"] = 0.0 });
        }
        catch (QdrantRefusal refusal) when (refusal.Code is Grpc.Core.StatusCode.Unauthenticated)
        {
            context.Response.StatusCode = refusal.HttpStatus;
            await context.Response.WriteAsync(refusal.Message, context.RequestAborted);
        }
        catch (QdrantRefusal refusal)
        {
            await WriteAsync(context, refusal.HttpStatus, new JsonObject { ["status"] = new JsonObject { ["error"] = refusal.Message }, ["time"] = 0.0 });
        }
    }

    /// <summary>Answers with JSON, or with bytes or text where the server does not use JSON.</summary>
    private static async Task<object?> AnswerAsync(QdrantStandIn node, HttpRequest request)
    {
        var path = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
        return (request.Method, path) switch
        {
            ("GET", []) => """{"title": "qdrant - vector search engine", "version": "1.18.3"}""",
            ("GET", ["healthz" or "livez"]) => "healthz check passed",
            ("GET", ["readyz"]) => "all shards are ready",
            ("GET", ["metrics"]) => "",
            ("GET", ["cluster"]) => node.Cluster(),
            ("DELETE", ["cluster", "peer", var peer]) => node.RemovePeer(peer, request.Query["force"] == "true"),
            ("GET", ["collections", var name, "snapshots", var snapshot]) => node.Snapshots.Get(node.Database.NameOf(name), snapshot),
            ("POST", ["collections", var name, "snapshots", "upload"]) => node.Restore(name, await ReadFileAsync(request), request.Query["checksum"]),
            ("PUT", ["collections", var name, "snapshots", "recover"]) => await RecoverAsync(node, name, request),
            _ => throw new QdrantRefusal(Grpc.Core.StatusCode.Unimplemented, "the stand-in does not know this"),
        };
    }

    private static async Task<JsonNode?> RecoverAsync(QdrantStandIn node, string collection, HttpRequest request)
    {
        var body = await JsonNode.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
        return node.Restore(collection, node.Snapshots.Locate((string)body!["location"]!), (string?)body["checksum"]);
    }

    private static async Task<byte[]> ReadFileAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        using var bytes = new MemoryStream();
        await form.Files["snapshot"]!.CopyToAsync(bytes, request.HttpContext.RequestAborted);
        return bytes.ToArray();
    }

    private static Task WriteAsync(HttpContext context, int status, JsonObject body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }
}
