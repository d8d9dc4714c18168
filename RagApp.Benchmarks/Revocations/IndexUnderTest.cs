using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Benchmarks.Revocations;

/// <summary>
/// An index of this run's own: one process' services that write, on all addresses, and for each address (in a folder: twice) those
/// of one that searches there alone. What it wrote is removed at the end.
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
        var writing = Open(string.Join(',', addresses), key);
        Writer = writing.GetRequiredService<IChunkIndexWriter>();
        _client = addresses.Length > 0 ? writing.GetRequiredService<QdrantClient>() : null;
        var reading = addresses.Length > 0 ? addresses.Select(address => Open(address, key)) : [Open("", key), Open("", key)];
        Readers = [.. reading.Select(services => (services.GetRequiredService<IChunkIndex>(), services.GetRequiredService<IChunkIndexWriter>()))];
    }

    public IChunkIndexWriter Writer { get; }

    /// <summary>For each address, what searches there, and what walks through the index there.</summary>
    public IReadOnlyList<(IChunkIndex Index, IChunkIndexWriter Scan)> Readers { get; }

    public static IndexUnderTest OnLucene() => new([], key: "");

    /// <param name="addresses">Several joined by commas.</param>
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
                    await _client.DeleteCollectionAsync(collection, CancellationToken.None);
            }
        }
        catch (QdrantException exception)
        {
            await Console.Error.WriteLineAsync($"Collections whose names begin with {_prefix} may be left: {exception.Message}");
        }
    }

    private ServiceProvider Open(string addresses, string key)
    {
        var settings = new Dictionary<string, string?> { ["Storage:DataPath"] = _folder, ["Storage:Qdrant:Prefix"] = _prefix };
        if (addresses.Length > 0)
        {
            settings["ConnectionStrings:qdrant_http"] = $"Endpoint=\"{addresses}\";Key=\"{key}\"";
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
