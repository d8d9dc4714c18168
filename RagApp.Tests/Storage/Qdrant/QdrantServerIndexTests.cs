using RagApp.Tests.TestServices;
using Xunit;

namespace RagApp.Tests.Storage.Qdrant;

/// <summary>The index on the real server or cluster that <c>QDRANT_URL</c> names by its gRPC address, several joined by commas, with the key of <c>QDRANT_API_KEY</c>.</summary>
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
