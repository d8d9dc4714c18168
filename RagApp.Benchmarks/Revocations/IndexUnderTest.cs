using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Qdrant.Client;
using RagApp.Benchmarks.Services;
using RagApp.Storage;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Collections;
using QdrantException = RagApp.Storage.Qdrant.QdrantException;

namespace RagApp.Benchmarks.Revocations;

/// <summary>
/// An index that belongs to this run and is removed at the end. One set of services writes to it, on all addresses. Another
/// set searches on all addresses, as the product does. On a cluster, one more set for each address searches on that address
/// alone; on a folder, one more set searches as another process would.
/// </summary>
internal sealed class IndexUnderTest : IAsyncDisposable
{
    private readonly string _prefix = $"revocations_{Guid.NewGuid().ToString("N")[..12]}";
    private readonly string _folder = Directory.CreateTempSubdirectory("ragapp-revocations-").FullName;
    private readonly List<ServiceProvider> _services = [];
    private readonly EmbeddedRedis? _redis;
    private readonly QdrantClient? _client;

    private IndexUnderTest(string[] addresses, string key)
    {
        if (addresses.Length > 0)
            _redis = new EmbeddedRedis();
        var all = string.Join(',', addresses);
        var writing = Open(all, key);
        Writer = writing.GetRequiredService<IChunkIndexWriter>();
        _client = addresses.Length > 0 ? writing.GetRequiredService<QdrantClient>() : null;
        Readers =
        [
            ReaderOf(Open(all, key), "as the product does"),
            .. addresses.Length == 0 ? [ReaderOf(Open(all, key), "in another process")] : addresses.Index().Select(one => ReaderOf(Open(one.Item, key), $"at address {one.Index + 1} alone")),
        ];
    }

    /// <summary>A reading process: it searches and scans the index and does not write.</summary>
    /// <param name="How">Description of the addresses that the process uses.</param>
    internal sealed record Reader(string How, IChunkIndex Index, IChunkIndexWriter Scan);

    public IChunkIndexWriter Writer { get; }

    /// <summary>All readers. The first uses all addresses, as the product does.</summary>
    public IReadOnlyList<Reader> Readers { get; }

    public static IndexUnderTest OnLucene() => new([], key: "");

    /// <param name="addresses">gRPC addresses of the nodes, separated by commas.</param>
    public static IndexUnderTest OnQdrant(string addresses, string key) =>
        new(addresses.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), key);

    public async ValueTask DisposeAsync()
    {
        await RemoveCollectionsAsync();
        foreach (var services in _services)
            await services.DisposeAsync();
        _redis?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task RemoveCollectionsAsync()
    {
        if (_client is null)
            return;
        try
        {
            foreach (var collection in await _client.ListCollectionsAsync(CancellationToken.None))
            {
                if (collection.StartsWith(_prefix, StringComparison.Ordinal))
                    await _client.DeleteIfThereAsync(collection, CancellationToken.None);
            }
        }
        catch (QdrantException exception)
        {
            await Console.Error.WriteLineAsync($"Collections whose names begin with {_prefix} may be left: {exception.Message}");
        }
    }

    private static Reader ReaderOf(ServiceProvider services, string how) =>
        new(how, services.GetRequiredService<IChunkIndex>(), services.GetRequiredService<IChunkIndexWriter>());

    private ServiceProvider Open(string addresses, string key)
    {
        var settings = new Dictionary<string, string?> { ["Storage:DataPath"] = _folder, ["Storage:Qdrant:Prefix"] = _prefix };
        if (addresses.Length > 0)
        {
            settings["Storage:Qdrant:Nodes"] = addresses;
            settings["Storage:Qdrant:Key"] = key;
            settings["ConnectionStrings:redis"] = _redis!.ConnectionString;
        }
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error))
            .AddChunkIndex()
            .AddChunkIndexWriter()
            .BuildServiceProvider();
        _services.Add(services);
        return services;
    }
}
