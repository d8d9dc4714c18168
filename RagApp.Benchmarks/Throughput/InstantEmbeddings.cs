using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagApp.Contracts;
using RagApp.Contracts.Embeddings;

namespace RagApp.Benchmarks.Throughput;

/// <summary>An embedding service that costs nothing: every text has the same vector of the embedded model's length.</summary>
internal sealed class InstantEmbeddings : IAsyncDisposable
{
    private const string Model = "instant";

    private static readonly float[] Vector = [1, .. new float[383]];

    private readonly WebApplication _app;

    private InstantEmbeddings(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public static async Task<InstantEmbeddings> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ContractsJson.Default));
        var app = builder.Build();
        app.MapGet("/v1/models", () => new EmbeddingModels([new EmbeddingModel(Model, Vector.Length, 512, 0.5)]));
        app.MapPost("/v1/embeddings", (EmbeddingsRequest request) => Results.Ok(new EmbeddingsResponse(
            [.. request.Input.Select((_, at) => new EmbeddingData(at, Vector))], Model, new EmbeddingUsage(1, 1))));
        await app.StartAsync();
        return new InstantEmbeddings(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
