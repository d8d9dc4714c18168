using RagApp.Storage.Documents;
using RagApp.Tests.Conformance;
using RagApp.Tests.TestServices;
using RagApp.Tests.TestServices.S3;
using Xunit;

namespace RagApp.Tests.Storage.S3;

public sealed class S3DocumentStoreTests : DocumentStoreConformance, IAsyncLifetime
{
    private S3StandIn _server = null!;

    protected override IDocumentStore Store => new DocumentStore(S3Stores.Create(_server.Options), Damage.Unnoticed());

    public async ValueTask InitializeAsync() => _server = await S3StandIn.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
