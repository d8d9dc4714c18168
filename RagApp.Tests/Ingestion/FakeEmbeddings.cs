using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagApp.Contracts;
using RagApp.Contracts.Embeddings;

namespace RagApp.Tests.Ingestion;

/// <summary>A small embedding service over real HTTP: the same text always has the same vector.</summary>
internal sealed class FakeEmbeddings : IAsyncDisposable
{
    public const string Model = "fake-8";
    public const int Dimension = 8;

    private readonly WebApplication _app;

    private FakeEmbeddings(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>What it serves; the first when a request names none.</summary>
    public IReadOnlyList<EmbeddingModel> Models { get; set; } = [new(Model, Dimension, 512, 0.5)];

    /// <summary>Every text it was asked for.</summary>
    public ConcurrentQueue<string> Texts { get; } = new();

    public ConcurrentQueue<EmbeddingsRequest> Requests { get; } = new();

    public ConcurrentQueue<string> Authorizations { get; } = new();

    /// <summary>What to answer instead, or null to answer as usual. Awaited, so that a test can hold a request.</summary>
    public Func<EmbeddingsRequest, Task<IResult?>> Before { get; set; } = _ => Task.FromResult<IResult?>(null);

    public static async Task<FakeEmbeddings> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ContractsJson.Default));
        var app = builder.Build();
        var fake = new FakeEmbeddings(app);
        app.MapGet("/v1/models", () => new EmbeddingModels(fake.Models));
        app.MapPost("/v1/embeddings", fake.EmbedAsync);
        await app.StartAsync();
        return fake;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> EmbedAsync(EmbeddingsRequest request, HttpContext context)
    {
        Requests.Enqueue(request);
        Authorizations.Enqueue(context.Request.Headers.Authorization.ToString());
        if (await Before(request) is { } other)
            return other;
        if (Models.FirstOrDefault(served => request.Model is null || served.Id == request.Model) is not { } model)
            return Results.Problem($"There is no model '{request.Model}'.", statusCode: StatusCodes.Status400BadRequest);
        foreach (var text in request.Input)
            Texts.Enqueue(text);
        return Results.Ok(new EmbeddingsResponse(
            [.. request.Input.Select((text, i) => new EmbeddingData(i, VectorOf(text, model)))], model.Id, new EmbeddingUsage(1, 1)));
    }

    private static float[] VectorOf(string text, EmbeddingModel model)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        var vector = Enumerable.Range(0, model.Dimension).Select(i => bytes[i] - 127.5f).ToArray();
        var length = MathF.Sqrt(vector.Sum(x => x * x));
        return [.. vector.Select(x => x / length)];
    }
}
