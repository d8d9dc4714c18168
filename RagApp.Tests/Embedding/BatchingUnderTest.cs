using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using RagApp.Contracts.Embeddings;
using RagApp.Embedding;
using RagApp.Embedding.Batching;
using RagApp.Embedding.Serving;
using RagApp.Models;
using RagApp.Models.Embeddings;
using RagApp.Tests.TestServices.FakeProvider;

namespace RagApp.Tests.Embedding;

/// <summary>Generators whose requests share calls. A real HTTP server plays the provider, and holds calls until the test releases them.</summary>
internal sealed class BatchingUnderTest : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly List<BatchedGenerator> _generators = [];
    private readonly List<IHost> _hosts = [];

    private BatchingUnderTest(EmbeddingServer server) => Server = server;

    public EmbeddingServer Server { get; }

    public FakeTimeProvider Time { get; } = new();

    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    public static async Task<BatchingUnderTest> StartAsync() => new(await EmbeddingServer.StartAsync(Cancellation));

    /// <summary>A generator for the server's Ollama interface.</summary>
    public BatchedGenerator Create(BatchingSettings settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Embedding:Provider:Provider"] = "ollama",
            ["Embedding:Provider:Endpoint"] = Server.Address,
            ["Embedding:Provider:Region"] = "eu",
            ["Embedding:Provider:Model"] = "nomic-embed-text",
            ["Embedding:Provider:Dimension"] = EmbeddingServer.Dimension.ToString(CultureInfo.InvariantCulture),
            // A limit is reported at once, so that no test has to wait for it.
            ["Models:Pool:InteractiveWait"] = "00:00:00",
            ["Models:Pool:BulkWait"] = "00:00:00",
        });
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.AddEmbeddingProviders();
        var host = builder.Build();
        _hosts.Add(host);
        var model = host.Services.GetRequiredService<EmbeddingCatalogue>().Models.Single();
        var limits = new BatchLimits(
            settings.BatchSize ?? model.Limits.Texts, settings.BatchTokens ?? model.Limits.Tokens, settings.BatchWait, settings.Calls, settings.QueueCapacity);
        var generator = new BatchedGenerator(model.Generator, model.Id, limits, Time, new Telemetry(Meters));
        _generators.Add(generator);
        return generator;
    }

    public static Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(
        BatchedGenerator generator, string tenant, string[] texts, ModelPriority priority = ModelPriority.Interactive, string? region = null,
        EmbeddingInputType type = EmbeddingInputType.Query, string? windowPrefix = null, CancellationToken? cancellation = null) =>
        generator.GenerateAsync(
            texts, new EmbeddingWork(new ModelCaller(tenant, "tests") { Region = region, Priority = priority }, type, windowPrefix), cancellation ?? Cancellation);

    /// <summary>Lengths of the embedded texts: the vector is normalised, so the ratio of its first two numbers gives the length.</summary>
    public static IEnumerable<int> Lengths(GeneratedEmbeddings<Embedding<float>> answer) =>
        answer.Select(embedding => (int)MathF.Round(embedding.Vector.Span[0] / embedding.Vector.Span[1]));

    public async ValueTask DisposeAsync()
    {
        _generators.ForEach(generator => generator.Dispose());
        _hosts.ForEach(host => host.Dispose());
        await Server.DisposeAsync();
        await _services.DisposeAsync();
    }
}
