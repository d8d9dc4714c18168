using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Identity;
using RagApp.Storage;
using RagApp.Storage.Access;
using RagApp.Storage.Index;

namespace RagApp.Benchmarks.Archives;

/// <summary>
/// Polls the index, through services of its own as a query process has them, for the chunks that a user without any group can
/// find.
/// </summary>
internal sealed class VisibilityWatch(string dataPath, string tenant) : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly ServiceProvider _services = Build(dataPath);

    /// <summary>Seconds from now until the user without groups finds exactly <paramref name="chunks"/> chunks.</summary>
    public async Task<double> UntilAsync(int chunks)
    {
        var index = _services.GetRequiredService<IChunkIndex>();
        var filter = AccessFilter.For(new Principal(tenant, "outsider", [], [], Region: null));
        var time = TimeProvider.System;
        var started = time.GetTimestamp();
        while (await index.CountAsync(narrowing: null, filter, CancellationToken.None) != chunks)
            await Task.Delay(Look, time);
        return time.GetElapsedTime(started).TotalSeconds;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static ServiceProvider Build(string dataPath)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Storage:DataPath", dataPath)]).Build());
        services.AddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddChunkIndex();
        return services.BuildServiceProvider();
    }
}
