using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using RagApp.Contracts.Embeddings;
using RagApp.ServiceDefaults.Json;

namespace RagApp.Benchmarks.Services;

/// <summary>A stand-in for the embedding service: its two endpoints over real HTTP, with answers that the caller supplies.</summary>
internal sealed class EmbeddingStandIn : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EmbeddingStandIn(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>Starts a stand-in with one model that answers a request with the vectors of <paramref name="embed"/>.</summary>
    public static Task<EmbeddingStandIn> StartAsync(EmbeddingModel model, Func<EmbeddingsRequest, IEnumerable<float[]>> embed) => StartAsync(
        () => [model],
        (request, _) => Task.FromResult(Results.Ok(new EmbeddingsResponse<float[]>(
            [.. embed(request).Select((vector, at) => new EmbeddingData<float[]>(at, vector))], model.Id, new EmbeddingUsage(1, 1)))));

    public static async Task<EmbeddingStandIn> StartAsync(
        Func<IReadOnlyList<EmbeddingModel>> models, Func<EmbeddingsRequest, HttpContext, Task<IResult>> embed)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        builder.Services.AddServiceJson();
        var app = builder.Build();
        app.MapGet("/v1/models", () => new EmbeddingModels(models()));
        app.MapPost("/v1/embeddings", embed);
        await app.StartAsync();
        return new EmbeddingStandIn(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
