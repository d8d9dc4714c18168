using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using RagApp.Contracts.Embeddings;
using RagApp.Embedding;
using RagApp.Embedding.Batching;
using RagApp.Embedding.Serving;
using RagApp.Models;
using RagApp.Models.Embeddings;
using RagApp.Tests.TestServices.FakeProvider;
using Xunit;

namespace RagApp.Tests.Embedding;

/// <summary>Generators whose requests share calls. A real HTTP server plays the provider, and holds calls until the test releases them.</summary>
internal sealed class BatchingUnderTest : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly List<BatchedGenerator> _generators = [];

    private BatchingUnderTest(EmbeddingServer server) => Server = server;

    public EmbeddingServer Server { get; }

    public FakeTimeProvider Time { get; } = new();

    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<BatchingUnderTest> StartAsync() => new(await EmbeddingServer.StartAsync(Stop));

    /// <summary>A generator for the server's Ollama interface.</summary>
    public BatchedGenerator Create(BatchingSettings settings)
    {
        var options = new EmbeddingProviderOptions
        {
            Provider = EmbeddingProviderKind.Ollama,
            Endpoint = new Uri(Server.Address),
            Model = "nomic-embed-text",
            Dimension = EmbeddingServer.Dimension,
            BatchSize = settings.BatchSize,
            BatchTokens = settings.BatchTokens,
            BatchWait = settings.BatchWait,
            Calls = settings.Calls,
            QueueCapacity = settings.QueueCapacity,
        };
        var generator = new BatchedGenerator(
            options.CreateGenerator(EmbeddingProviderOptions.Section), options.Model, BatchLimits.Of(options), Time, new Telemetry(Meters));
        _generators.Add(generator);
        return generator;
    }

    public static Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(
        BatchedGenerator generator, string tenant, string[] texts, ModelPriority priority = ModelPriority.Interactive, string? region = null,
        EmbeddingInputType type = EmbeddingInputType.Query, string? windowPrefix = null, CancellationToken? cancellation = null) =>
        generator.GenerateAsync(
            texts, new EmbeddingWork(new ModelCaller(tenant, "tests") { Region = region, Priority = priority }, type, windowPrefix), cancellation ?? Stop);

    /// <summary>Lengths of the embedded texts: the vector is normalised, so the ratio of its first two numbers gives the length.</summary>
    public static IEnumerable<int> Lengths(GeneratedEmbeddings<Embedding<float>> answer) =>
        answer.Select(embedding => (int)MathF.Round(embedding.Vector.Span[0] / embedding.Vector.Span[1]));

    public async ValueTask DisposeAsync()
    {
        _generators.ForEach(generator => generator.Dispose());
        await Server.DisposeAsync();
        await _services.DisposeAsync();
    }
}
