using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RagApp.Tests.TestServices.FakeProvider;

/// <summary>
/// A real HTTP server on loopback with the embedding and reranking interfaces of OpenAI, Cohere, Text Embeddings Inference and Ollama. The
/// vector of a text is its length and a one, so that it identifies the text. A test can hold the calls, and make the server misbehave.
/// </summary>
internal sealed class EmbeddingServer : IAsyncDisposable
{
    public const string Key = "secret-0123456789";
    public const int Dimension = 4;

    private readonly WebApplication _app;
    private readonly SemaphoreSlim _mayAnswer = new(0);
    private bool _held;
    private int _abandoned;

    private EmbeddingServer(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>The received calls in their order.</summary>
    public ConcurrentQueue<EmbeddingServerCall> Calls { get; } = [];

    /// <summary>Number of held calls that the client has abandoned.</summary>
    public int Abandoned => _abandoned;

    /// <summary>Longest text that the server takes, in characters. A call with a longer one is refused as a whole, as real servers do.</summary>
    public int LongestText { get; set; } = int.MaxValue;

    /// <summary>Status of every answer; 200 for proper ones. With 429 the answer has <c>Retry-After: 7</c>.</summary>
    public int Status { get; set; } = 200;

    /// <summary>Body of every answer; null for proper ones.</summary>
    public string? Says { get; set; }

    public static async Task<EmbeddingServer> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var server = new EmbeddingServer(builder.Build());
        foreach (var format in EmbeddingServerFormat.All)
            server._app.MapPost(format.Path, context => server.AnswerAsync(context, format));
        await server._app.StartAsync(cancellationToken);
        return server;
    }

    /// <summary>Holds every further call until it is released.</summary>
    public void Hold() => _held = true;

    /// <summary>Lets held calls be answered, in their order.</summary>
    public void Release(int calls) => _mayAnswer.Release(calls);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _mayAnswer.Dispose();
    }

    private async Task AnswerAsync(HttpContext context, EmbeddingServerFormat format)
    {
        var body = (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!;
        var texts = body[format.Texts]!.AsArray().Select(text => text!.GetValue<string>()).ToArray();
        Calls.Enqueue(new EmbeddingServerCall(format.Path, body, texts, context.Request.Headers.Authorization.ToString()));
        if (_held)
            await HoldAsync(context);

        if (Status == 429)
            context.Response.Headers.RetryAfter = "7";
        if (Status != 200 || Says is not null)
            await SendAsync(context, Status, Says ?? $$"""{"error": "Failed with {{context.Request.Headers.Authorization}} and {{texts[0]}}"}""");
        else if (Array.Exists(texts, text => text.Length > LongestText))
            await SendAsync(context, format.TooLongStatus, format.TooLong);
        else
            await AnswerAsync(context, format, texts);
    }

    private static Task AnswerAsync(HttpContext context, EmbeddingServerFormat format, string[] texts)
    {
        if (format.TokensHeader is { } header)
            context.Response.Headers[header] = texts.Sum(text => text.Length).ToString(CultureInfo.InvariantCulture);
        return SendAsync(context, 200, format.Answer(texts).ToJsonString());
    }

    private async Task HoldAsync(HttpContext context)
    {
        try
        {
            await _mayAnswer.WaitAsync(context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref _abandoned);
            throw;
        }
    }

    private static Task SendAsync(HttpContext context, int status, string json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json, context.RequestAborted);
    }
}
