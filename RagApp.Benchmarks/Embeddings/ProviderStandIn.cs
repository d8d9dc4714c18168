using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RagApp.Benchmarks.Embeddings;

/// <summary>A stand-in for a provider: OpenAI's <c>/embeddings</c> over real HTTP, which answers after the time that a provider takes, and counts its calls.</summary>
internal sealed class ProviderStandIn : IAsyncDisposable
{
    private const int Dimension = 384;

    /// <summary>Time that a provider takes for a call.</summary>
    private static readonly TimeSpan AnswerTime = TimeSpan.FromMilliseconds(100);

    private readonly WebApplication _app;
    private int _calls;

    private ProviderStandIn(WebApplication app) => _app = app;

    public int Calls => _calls;

    /// <summary>Settings with which the embedding service uses the stand-in, with 256 texts a call.</summary>
    public string[] Settings =>
    [
        $"--Embedding:Provider:Endpoint={_app.Urls.Single()}/v1", "--Embedding:Provider:ApiKey=none", "--Embedding:Provider:Model=stand-in",
        FormattableString.Invariant($"--Embedding:Provider:Dimension={Dimension}"), "--Embedding:Provider:BatchSize=256",
    ];

    public static async Task<ProviderStandIn> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var provider = new ProviderStandIn(builder.Build());
        provider._app.MapPost("/v1/embeddings", provider.AnswerAsync);
        await provider._app.StartAsync(cancellationToken);
        return provider;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _calls);
        var request = (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!;
        var vector = Convert.ToBase64String([.. Enumerable.Repeat(1f, Dimension).SelectMany(BitConverter.GetBytes)]);
        await Task.Delay(AnswerTime, TimeProvider.System, context.RequestAborted);
        await context.Response.WriteAsJsonAsync(
            new JsonObject
            {
                ["object"] = "list",
                ["model"] = "stand-in",
                ["data"] = new JsonArray([.. request["input"]!.AsArray().Select((_, index) => new JsonObject { ["object"] = "embedding", ["index"] = index, ["embedding"] = vector })]),
                ["usage"] = new JsonObject { ["prompt_tokens"] = 1, ["total_tokens"] = 1 },
            },
            context.RequestAborted);
    }
}
