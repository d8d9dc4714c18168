using RagApp.Storage.Blobs;
using RagApp.Storage.FileSystem;
using RagApp.Tests.Conformance;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Storage;

[Covers(typeof(FileBlobStore))]
public sealed class FileBlobStoreTests : BlobStoreConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FileBlobStoreTests() => Store = new FileBlobStore(_folder.Path, TimeProvider.System);

    protected override IBlobStore Store { get; }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PutAsync_AfterSuccessAndFailure_LeavesNothingUnfinished()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await Store.PutAsync("a", Bytes("one"), BlobCondition.IfNew, cancellation);
        await Should.ThrowAsync<BlobConflictException>(Store.PutAsync("a", Bytes("two"), BlobCondition.IfNew, cancellation));

        Directory.GetFiles(Path.Combine(_folder.Path, "tmp")).ShouldBeEmpty();
    }

    [Fact]
    public async Task PutAsync_TwoStoresOnOneFolder_ShareTheConditions()
    {
        // Two instances share no lock in memory, as two processes share none.
        var cancellation = TestContext.Current.CancellationToken;
        var other = new FileBlobStore(_folder.Path, TimeProvider.System);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            try
            {
                await (i % 2 == 0 ? Store : other).PutAsync("one", Bytes($"writer {i}"), BlobCondition.IfNew, cancellation);
                return true;
            }
            catch (BlobConflictException)
            {
                return false;
            }
        }));

        outcomes.Count(won => won).ShouldBe(1);
    }
}
