using RagApp.Benchmarks.Services;

namespace RagApp.Tests.Storage.Qdrant;

/// <summary>
/// The index on a real server or cluster: <c>QDRANT_URL</c> gives its gRPC addresses, separated by commas, and
/// <c>QDRANT_API_KEY</c> its key.
/// </summary>
public sealed class QdrantServerIndexTests(EmbeddedRedis redis) : QdrantIndexConformance(redis), IClassFixture<EmbeddedRedis>, IAsyncLifetime
{
    private static string Url => Environment.GetEnvironmentVariable("QDRANT_URL") ?? "";

    protected override string Nodes => Url;

    protected override bool SnapshotsAreOneMoment => !Url.Contains(',', StringComparison.Ordinal);

    protected override string Key => Environment.GetEnvironmentVariable("QDRANT_API_KEY") ?? "";

    public ValueTask InitializeAsync()
    {
        Assert.SkipWhen(Url.Length == 0, "QDRANT_URL names no Qdrant server: set it to the gRPC address of one, version 1.18, such as http://localhost:6334; its REST port is the one before.");
        return ValueTask.CompletedTask;
    }
}
