using RagApp.Storage.Qdrant;
using RagApp.Tests.Conformance;
using RagApp.Tests.TestServices;
using RagApp.Tests.TestServices.Qdrant;
using Xunit;

namespace RagApp.Tests.Storage.Qdrant;

/// <summary>The index on a stand-in for the server.</summary>
[Covers(typeof(QdrantChunkIndex))]
[Covers(typeof(QdrantChunkIndexWriter))]
[Covers(typeof(QdrantGenerations))]
public sealed class QdrantStandInIndexTests(EmbeddedRedis redis) : QdrantIndexConformance(redis), IClassFixture<EmbeddedRedis>, IAsyncLifetime
{
    private QdrantStandIn? _server;

    protected override string ConnectionString => _server!.Address;

    public async ValueTask InitializeAsync() => _server = await QdrantStandIn.StartAsync(Cancellation);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _server!.DisposeAsync();
    }
}
