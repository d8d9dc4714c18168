using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using RagApp.Benchmarks.Services;
using RagApp.Ingestion.Catalogue;
using RagApp.Storage.Announcements;
using RagApp.Storage.Documents.Manifests;
using RagApp.Tests.TestServices;
using StackExchange.Redis;

namespace RagApp.Tests.Ingestion.Catalogue;

/// <summary>The keeper of the catalogues at the end of the service.</summary>
public sealed class CatalogueKeeperTests
{
    [Fact]
    public async Task Stop_StoreIsGoneByThen_EndsWithoutAnErrorAndWithoutAWord()
    {
        using var server = new EmbeddedRedis();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
        var logger = new FakeLogger<CatalogueKeeper>();
        var store = DispatchProxy.Create<IManifestStore, GoneAtTheEnd>();
        using var catalogue = new DocumentCatalogue(store, Damage.Unnoticed(), TimeProvider.System, NullLogger<DocumentCatalogue>.Instance);
        using var keeper = new CatalogueKeeper(catalogue, store, new DocumentAnnouncements(redis), Damage.Unnoticed(), TimeProvider.System, logger);

        await keeper.StartAsync(Cancellation);
        await ((GoneAtTheEnd)store).Asked.WaitAsync(Cancellation);
        await keeper.StopAsync(Cancellation);

        keeper.ExecuteTask!.IsFaulted.ShouldBeFalse();
        logger.Collector.GetSnapshot().ShouldNotContain(record => record.Level >= LogLevel.Warning);
    }

    /// <summary>A store that lists nothing until the service stops, and then is gone.</summary>
    internal class GoneAtTheEnd : DispatchProxy
    {
        private readonly TaskCompletionSource _asked = new();

        public Task Asked => _asked.Task;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => ListTenantsAsync((CancellationToken)args![0]!);

        private async IAsyncEnumerable<string> ListTenantsAsync([EnumeratorCancellation] CancellationToken stopping)
        {
            _asked.SetResult();
            yield return await FailAsync(stopping);
        }

        private static async Task<string> FailAsync(CancellationToken stopping)
        {
            var stopped = new TaskCompletionSource();
            await using var registration = stopping.Register(stopped.SetResult);
            await stopped.Task;
            throw new IOException("The store is gone.");
        }
    }
}
