using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using RagApp.Benchmarks.Services;
using RagApp.Contracts.Embeddings;

namespace RagApp.Tests.Ingestion;

/// <summary>A small embedding service over real HTTP; it always gives the same vector for the same text.</summary>
internal sealed class FakeEmbeddings : IAsyncDisposable
{
    public const string Model = "fake-8";
    public const int Dimension = 8;

    private EmbeddingStandIn _server = null!;

    public string Address => _server.Address;

    /// <summary>Models that the service offers; requests without a model use the first.</summary>
    public IReadOnlyList<EmbeddingModel> Models { get; set; } = [new(Model, Dimension, 512, 0.5)];

    /// <summary>Texts of all answered requests.</summary>
    public ConcurrentQueue<string> Texts { get; } = new();

    public ConcurrentQueue<EmbeddingsRequest> Requests { get; } = new();

    public ConcurrentQueue<string> Authorizations { get; } = new();

    /// <summary>
    /// Callback that returns a response to send instead of the usual one, or null. It is awaited, so that a test can delay a
    /// request.
    /// </summary>
    public Func<EmbeddingsRequest, Task<IResult?>> Before { get; set; } = _ => Task.FromResult<IResult?>(null);

    public static async Task<FakeEmbeddings> StartAsync()
    {
        var fake = new FakeEmbeddings();
        fake._server = await EmbeddingStandIn.StartAsync(() => fake.Models, fake.EmbedAsync);
        return fake;
    }

    /// <summary>Holds back requests until the returned source has a result.</summary>
    /// <param name="word">Only requests with this word in a text are held back; null for all.</param>
    public TaskCompletionSource Hold(string? word = null)
    {
        var release = new TaskCompletionSource();
        Before = async request =>
        {
            if (word is null || request.Input.Any(text => text.Contains(word, StringComparison.Ordinal)))
                await release.Task;
            return null;
        };
        return release;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

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
        return Results.Ok(new EmbeddingsResponse<float[]>(
            [.. request.Input.Select((text, i) => new EmbeddingData<float[]>(i, VectorOf(text, model)))], model.Id, new EmbeddingUsage(1, 1)));
    }

    private static float[] VectorOf(string text, EmbeddingModel model)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        var vector = Enumerable.Range(0, model.Dimension).Select(i => bytes[i] - 127.5f).ToArray();
        var length = MathF.Sqrt(vector.Sum(x => x * x));
        return [.. vector.Select(x => x / length)];
    }
}
