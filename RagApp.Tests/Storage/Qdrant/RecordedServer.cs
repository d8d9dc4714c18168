using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RagApp.Storage.Qdrant.Client;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Storage.Qdrant;

/// <summary>A server that answers every request with one recorded exchange, and keeps what it was sent.</summary>
internal sealed class RecordedServer : IAsyncDisposable
{
    private readonly Exchange _exchange;
    private StubService _server = null!;
    private QdrantTransport _transport = null!;

    private RecordedServer(Exchange exchange) => _exchange = exchange;

    public QdrantClient Client { get; private set; } = null!;

    public string Method { get; private set; } = "";
    public string Path { get; private set; } = "";
    public string Key { get; private set; } = "";
    public IReadOnlyDictionary<string, string> Query { get; private set; } = new Dictionary<string, string>();
    public string Body { get; private set; } = "";
    public JsonNode? Json => Body.Length == 0 ? null : JsonNode.Parse(Body);

    public static async Task<RecordedServer> StartAsync(string title, CancellationToken cancellationToken)
    {
        var server = new RecordedServer(Exchange.Named(title));
        server._server = await StubService.StartAsync(server.AnswerAsync, cancellationToken);
        var options = Options.Create(new QdrantOptions { Endpoint = server._server.Address, Key = "a-key" });
        server._transport = new QdrantTransport(options, new QuickTime(), NullLogger<QdrantTransport>.Instance);
        server.Client = new QdrantClient(server._transport);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _transport.Dispose();
        await _server.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        Body = await reader.ReadToEndAsync(context.RequestAborted);
        (Method, Path, Key) = (context.Request.Method, context.Request.Path.Value!, context.Request.Headers["api-key"].ToString());
        Query = context.Request.Query.ToDictionary(part => part.Key, part => part.Value.ToString(), StringComparer.Ordinal);
        if (_exchange.Status == 0)
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = _exchange.Status;
        context.Response.ContentType = _exchange.ContentType;
        var text = _exchange.ContentType is "application/json" ? _exchange.Response!.ToJsonString() : (string)_exchange.Response!;
        await context.Response.WriteAsync(text, context.RequestAborted);
    }
}
