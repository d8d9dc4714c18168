using RagApp.Storage.Blobs;
using RagApp.Storage.S3;
using RagApp.Tests.Conformance;
using RagApp.Tests.TestServices.S3;

namespace RagApp.Tests.Storage.S3;

/// <summary>The S3 store on s3rver, a third-party server. The store itself enforces conditions there, since s3rver ignores them.</summary>
public sealed class S3RverTests(S3RverTests.Fixture fixture) : BlobStoreConformance, IClassFixture<S3RverTests.Fixture>
{
    private readonly string _prefix = $"t{Guid.NewGuid():N}";
    private S3BlobStore? _store;

    protected override IBlobStore Store => _store ??= S3Stores.Create(Options(singleWriter: true));

    /// <summary>
    /// s3rver lists folder by folder, <c>a/b/2</c> before <c>a/b-c/1</c>. The store relies on the order of the keys' bytes and
    /// must reject any other order.
    /// </summary>
    [Fact]
    public override async Task ListAsync_Prefix_GivesWholeSegmentsInOrdinalOrder()
    {
        foreach (var key in new[] { "a/b/2", "a/b-c/1" })
            await Store.PutAsync(key, Bytes("x"), BlobCondition.None, Cancellation);

        var exception = await Should.ThrowAsync<InvalidDataException>(async () => await Store.ListAsync("a", after: null, Cancellation).CountAsync(Cancellation));
        exception.Message.ShouldContain("in the order of the keys' bytes");
    }

    [Fact]
    public async Task PutAsync_NoSingleWriter_IsRefused()
    {
        var exception = await Should.ThrowAsync<S3Exception>(
            S3Stores.Create(Options(singleWriter: false)).PutAsync("a", Bytes("x"), BlobCondition.IfNew, Cancellation));

        exception.Code.ShouldBe("ConditionsIgnored");
    }

    [Fact]
    public async Task PutAsync_SeveralParts_IsReadBack()
    {
        var content = new byte[(2 * PartBuffer.PartBytes) + 5];
        System.Security.Cryptography.RandomNumberGenerator.Fill(content);

        await Store.PutAsync("large", new MemoryStream(content), BlobCondition.None, Cancellation);

        await using var blob = (await Store.OpenAsync("large", Cancellation)).ShouldNotBeNull();
        using var read = new MemoryStream();
        await blob.Content.CopyToAsync(read, Cancellation);
        read.ToArray().ShouldBe(content);
    }

    /// <summary>s3rver overwrites a file while it sends it, so a reader may get a truncated or empty body; the read is repeated.</summary>
    protected override async Task<(string Text, string ETag)> ReadContendedAsync(string key)
    {
        while (true)
        {
            try
            {
                var read = await ReadWithTagAsync(key);
                if (read.Text.Length > 0)
                    return read;
            }
            catch (IOException)
            {
                // The body was truncated; read again.
            }
            await Task.Yield();
        }
    }

    private S3Options Options(bool singleWriter)
    {
        Assert.SkipUnless(S3Rver.Missing is null, S3Rver.Missing ?? "");
        var options = fixture.Server!.Options;
        (options.Prefix, options.SingleWriter) = (_prefix, singleWriter);
        return options;
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal S3Rver? Server { get; private set; }

        public async ValueTask InitializeAsync() => Server = S3Rver.Missing is null ? await S3Rver.StartAsync() : null;

        public ValueTask DisposeAsync() => Server?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
