using RagApp.Storage.Blobs;
using RagApp.Tests.Conformance;
using RagApp.Tests.TestServices.S3;

namespace RagApp.Tests.Storage.S3;

public sealed class S3AuditJournalTests : AuditJournalConformance, IAsyncLifetime
{
    private S3StandIn _server = null!;
    private IBlobStore _blobs = null!;

    protected override IBlobStore Blobs => _blobs;

    public async ValueTask InitializeAsync()
    {
        _server = await S3StandIn.StartAsync(TestContext.Current.CancellationToken);
        _blobs = S3Stores.Create(_server.Options);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
