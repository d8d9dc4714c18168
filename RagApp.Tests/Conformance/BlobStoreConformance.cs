using System.Text;
using RagApp.Storage.Blobs;

namespace RagApp.Tests.Conformance;

/// <summary>Behaviour that every blob store must have.</summary>
public abstract class BlobStoreConformance
{
    protected abstract IBlobStore Store { get; }

    [Fact]
    public async Task OpenAsync_NoBlob_ReturnsNull()
    {
        (await Store.OpenAsync("a/b", Cancellation)).ShouldBeNull();
        (await Store.ReadAsync("a/b", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task PutAsync_NewKey_IsReadBackWithTheSameTag()
    {
        var etag = await PutAsync("folder/name.txt", "hello");

        await using var blob = await Store.OpenAsync("folder/name.txt", Cancellation);
        blob.ShouldNotBeNull().ETag.ShouldBe(etag);
        (await ReadAsync("folder/name.txt")).ShouldBe("hello");
        using var reader = new StreamReader((await Store.ReadAsync("folder/name.txt", Cancellation)).ShouldNotBeNull());
        (await reader.ReadToEndAsync(Cancellation)).ShouldBe("hello");
    }

    [Fact]
    public async Task FindWrittenAtAsync_Blob_IsAboutNowAndNullForNone()
    {
        await PutAsync("a/b", "one");

        (await Store.FindWrittenAtAsync("a/b", Cancellation)).ShouldNotBeNull().ShouldBe(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(5));
        (await Store.FindWrittenAtAsync("a/c", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task PutAsync_SameKeyAgain_ReplacesContentAndTag()
    {
        var first = await PutAsync("a", "one");
        var second = await PutAsync("a", "two");

        second.ShouldNotBe(first);
        (await ReadAsync("a")).ShouldBe("two");
    }

    [Fact]
    public async Task PutAsync_EmptyContent_IsABlob()
    {
        await PutAsync("empty", "");
        (await ReadAsync("empty")).ShouldBe("");
    }

    [Fact]
    public async Task PutAsync_OverABlobBeingRead_LeavesTheReaderItsBytes()
    {
        await PutAsync("a", "the old content");
        await using var reading = await Store.ReadAsync("a", Cancellation);
        await PutAsync("a", "new");
        await Store.DeleteAsync("a", Cancellation);

        using var reader = new StreamReader(reading!);
        (await reader.ReadToEndAsync(Cancellation)).ShouldBe("the old content");
    }

    [Fact]
    public async Task PutAsync_SourceFails_LeavesWhatWasThere()
    {
        await PutAsync("a", "old");
        await Should.ThrowAsync<IOException>(Store.PutAsync("a", new FailingStream(), BlobCondition.None, Cancellation));

        (await ReadAsync("a")).ShouldBe("old");
        (await ListAsync("")).ShouldBe(["a"]);
    }

    [Fact]
    public async Task PutAsync_IfNewAndThere_Conflicts()
    {
        await PutAsync("a", "one", BlobCondition.IfNew);
        await Should.ThrowAsync<BlobConflictException>(PutAsync("a", "two", BlobCondition.IfNew));
        (await ReadAsync("a")).ShouldBe("one");
    }

    [Fact]
    public async Task PutAsync_IfUnchangedWithAnOldTag_Conflicts()
    {
        var first = await PutAsync("a", "one");
        var second = await PutAsync("a", "two", BlobCondition.IfUnchanged(first));
        await Should.ThrowAsync<BlobConflictException>(PutAsync("a", "three", BlobCondition.IfUnchanged(first)));

        (await ReadAsync("a")).ShouldBe("two");
        second.ShouldNotBe(first);
    }

    [Fact]
    public async Task PutAsync_IfUnchangedAndGone_Conflicts()
    {
        var etag = await PutAsync("a", "one");
        await Store.DeleteAsync("a", Cancellation);
        await Should.ThrowAsync<BlobConflictException>(PutAsync("a", "two", BlobCondition.IfUnchanged(etag)));
    }

    [Fact]
    public async Task PutAsync_ManyIfNewAtOnce_OneWins()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => TryAsync($"writer {i}", BlobCondition.IfNew)));
        outcomes.Count(won => won).ShouldBe(1);
    }

    [Fact]
    public async Task PutAsync_ManyCountersAtOnce_LoseNoIncrement()
    {
        await PutAsync("counter", "0");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var done = 0; done < 10;)
            {
                var (text, etag) = await ReadContendedAsync("counter");
                var next = (int.Parse(text, provider: null) + 1).ToString(provider: null);
                done += await TryAsync(next, BlobCondition.IfUnchanged(etag), "counter") ? 1 : 0;
            }
        })));

        (await ReadAsync("counter")).ShouldBe("40");
    }

    [Fact]
    public async Task DeleteAsync_NoBlob_IsFine()
    {
        await Store.DeleteAsync("nothing/here", Cancellation);
        (await Store.OpenAsync("nothing/here", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public virtual async Task ListAsync_Prefix_GivesWholeSegmentsInOrdinalOrder()
    {
        foreach (var key in new[] { "a/b/2", "a/b-c/1", "a/b.c", "a/B/1", "ab/1", "a/b/10", "b" })
            await PutAsync(key, "x");

        (await ListAsync("a")).ShouldBe(["a/B/1", "a/b-c/1", "a/b.c", "a/b/10", "a/b/2"]);
        (await ListAsync("")).ShouldBe(["a/B/1", "a/b-c/1", "a/b.c", "a/b/10", "a/b/2", "ab/1", "b"]);
        (await ListAsync("none")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a/b/1", "a/b/2|a/c")]
    [InlineData("a/b0", "a/c")]
    [InlineData("a/a", "a/b/1|a/b/2|a/c")]
    [InlineData("a/z", "")]
    public async Task ListAsync_After_GoesOnBehindIt(string after, string expected)
    {
        foreach (var key in new[] { "a/b/1", "a/b/2", "a/c" })
            await PutAsync(key, "x");

        string.Join('|', await ListAsync("a", after)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("..")]
    [InlineData("a/../b")]
    [InlineData("a/./b")]
    [InlineData("a\\b")]
    [InlineData("a b")]
    [InlineData("a\0b")]
    [InlineData("ä")]
    [InlineData("C:/a")]
    public async Task AnyCall_KeyAgainstTheRules_IsRefused(string key)
    {
        var store = Store; // skips the test when its server is missing; inside ShouldThrow that would be the wrong exception

        await Should.ThrowAsync<ArgumentException>(store.PutAsync(key, Bytes("x"), BlobCondition.None, Cancellation));
        await Should.ThrowAsync<ArgumentException>(async () => await store.OpenAsync(key, Cancellation));
        await Should.ThrowAsync<ArgumentException>(async () => await store.ReadAsync(key, Cancellation));
        await Should.ThrowAsync<ArgumentException>(store.DeleteAsync(key, Cancellation));
    }

    [Fact]
    public async Task PutAsync_LongAndOddKeys_AreKept()
    {
        string[] keys = [new string('a', 200), "...", ".hidden", "-", "_", string.Join('/', Enumerable.Repeat(new string('b', 99), 9))];
        foreach (var key in keys)
            await PutAsync(key, key[..1]);

        (await ListAsync("")).ShouldBe(keys.Order(StringComparer.Ordinal));
    }

    protected static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    private async Task<bool> TryAsync(string content, BlobCondition condition, string key = "one")
    {
        try
        {
            await PutAsync(key, content, condition);
            return true;
        }
        catch (BlobConflictException)
        {
            return false;
        }
    }

    private async Task<string> PutAsync(string key, string content, BlobCondition condition = default) =>
        await Store.PutAsync(key, Bytes(content), condition, Cancellation);

    private async Task<string> ReadAsync(string key) => (await ReadWithTagAsync(key)).Text;

    /// <summary>Reads a blob that other calls overwrite at the same time; it is never empty.</summary>
    protected virtual Task<(string Text, string ETag)> ReadContendedAsync(string key) => ReadWithTagAsync(key);

    protected async Task<(string Text, string ETag)> ReadWithTagAsync(string key)
    {
        await using var blob = await Store.OpenAsync(key, Cancellation);
        using var reader = new StreamReader(blob.ShouldNotBeNull().Content);
        return (await reader.ReadToEndAsync(Cancellation), blob.ETag);
    }

    private async Task<List<string>> ListAsync(string prefix, string? after = null) =>
        await Store.ListAsync(prefix, after, Cancellation).ToListAsync(Cancellation);

    /// <summary>A stream that fails after its first byte, as an interrupted upload does.</summary>
    private sealed class FailingStream : MemoryStream
    {
        private bool _begun;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_begun)
                throw new IOException("The connection was lost.");
            _begun = true;
            buffer.Span[0] = 1;
            return ValueTask.FromResult(1);
        }
    }
}
