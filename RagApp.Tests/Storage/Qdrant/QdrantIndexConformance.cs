using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Qdrant.Client;
using RagApp.Benchmarks.Services;
using RagApp.Storage;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Collections;
using RagApp.Tests.Conformance;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Storage.Qdrant;

/// <summary>The index on a server that speaks Qdrant's protocol. Each test uses its own names and removes them afterwards.</summary>
public abstract partial class QdrantIndexConformance(EmbeddedRedis redis) : ChunkIndexConformance, IAsyncDisposable
{
    private readonly ShiftedTime _time = new();
    private ServiceProvider? _writing;
    private ServiceProvider? _reading;
    private ServiceProvider? _alsoReading;

    /// <summary>Prefix of the names of everything that this test creates.</summary>
    protected string Prefix { get; } = $"test_{Guid.NewGuid():N}";

    protected override IChunkIndexWriter Writer => Writing.GetRequiredService<IChunkIndexWriter>();

    protected override IChunkIndex Index => Reading.GetRequiredService<IChunkIndex>();

    protected override IIndexGenerations Generations => Writing.GetRequiredService<IIndexGenerations>();

    protected override IIndexSnapshots Snapshots => Writing.GetRequiredService<IIndexSnapshots>();

    /// <summary>Services of the process that writes.</summary>
    private protected ServiceProvider Writing => _writing ??= Open();

    /// <summary>Services of the process that searches.</summary>
    private protected ServiceProvider Reading => _reading ??= Open();

    /// <summary>gRPC addresses of the nodes, separated by commas.</summary>
    protected abstract string Nodes { get; }

    protected virtual string Key => "";

    public virtual async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await using (var services = Open())
        {
            var client = services.GetRequiredService<QdrantClient>();
            foreach (var collection in await client.ListCollectionsAsync(CancellationToken.None))
            {
                if (collection.StartsWith(Prefix, StringComparison.Ordinal))
                    await client.DeleteIfThereAsync(collection, CancellationToken.None);
            }
        }
        GC.SuppressFinalize(this);
    }

    protected override void PassOneSecond() => _time.Forward(TimeSpan.FromSeconds(1));

    protected override IChunkIndex OpenAnotherIndex() => (_alsoReading ??= Open()).GetRequiredService<IChunkIndex>();

    protected override async Task ReopenAsync() => await CloseAsync();

    private async Task CloseAsync()
    {
        if (_writing is not null)
            await _writing.DisposeAsync();
        if (_reading is not null)
            await _reading.DisposeAsync();
        if (_alsoReading is not null)
            await _alsoReading.DisposeAsync();
        (_writing, _reading, _alsoReading) = (null, null, null);
    }

    /// <summary>Services of a further process, with changed settings.</summary>
    private protected ServiceProvider Open(params (string Key, string Value)[] settings) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:Qdrant:Nodes"] = Nodes,
            ["Storage:Qdrant:Key"] = Key,
            ["Storage:Qdrant:ReadTimeout"] = "00:00:30", // time for a busy test machine
            ["ConnectionStrings:redis"] = redis.ConnectionString,
            ["Storage:Qdrant:Prefix"] = Prefix,
            ["Storage:DataPath"] = Path.GetTempPath(),
        }).AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value)).Build())
        .AddSingleton<TimeProvider>(_time)
        .AddLogging()
        .AddChunkIndex()
        .AddChunkIndexWriter()
        .BuildServiceProvider();
}
