using RagApp.Storage.Blobs;
using RagApp.Tests.Conformance;
using RagApp.Tests.TestServices.S3;

namespace RagApp.Tests.Storage.S3;

public sealed class S3DocumentStoreTests : DocumentStoreConformance, IAsyncLifetime
{
    private S3StandIn _server = null!;

    protected override IBlobStore Blobs => S3Stores.Create(_server.Options);

    public async ValueTask InitializeAsync() => _server = await S3StandIn.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
