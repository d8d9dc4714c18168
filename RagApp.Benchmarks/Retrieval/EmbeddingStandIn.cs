using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagApp.Contracts;
using RagApp.Contracts.Embeddings;

namespace RagApp.Benchmarks.Retrieval;

/// <summary>The embedding service's two answers that a search needs, from vectors that are ready.</summary>
internal sealed class EmbeddingStandIn : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EmbeddingStandIn(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public static async Task<EmbeddingStandIn> StartAsync(CachedModel model)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ContractsJson.Default));
        var app = builder.Build();
        var description = model.Description;
        app.MapGet("/v1/models", () => new EmbeddingModels(
            [new EmbeddingModel(description.Id, description.Dimension, description.MaxTokens, description.FusionWeight)]));
        app.MapPost("/v1/embeddings", (EmbeddingsRequest request) => Results.Ok(new EmbeddingsResponse(
            [.. Embed(model, request).Select((vector, at) => new EmbeddingData(at, vector))], description.Id, new EmbeddingUsage(0, 0))));
        await app.StartAsync();
        return new EmbeddingStandIn(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static IReadOnlyList<float[]> Embed(CachedModel model, EmbeddingsRequest request) =>
        request.InputType == EmbeddingInputType.Query ? model.EmbedQuestions(request.Input) : model.EmbedPassages(request.Input);
}
