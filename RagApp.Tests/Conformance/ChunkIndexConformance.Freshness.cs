using RagApp.Storage.Index;

namespace RagApp.Tests.Conformance;

/// <summary>A revocation takes effect at once: every search that begins after its acknowledgement respects it, in every process.</summary>
public abstract partial class ChunkIndexConformance
{
    private const int Rounds = 10;

    /// <summary>Opens an index for searching, as another process would; the suite disposes it.</summary>
    protected abstract IChunkIndex OpenAnotherIndex();

    [Fact]
    public Task ChangeAccessAsync_SearchesThatBeginAfterwards_FindNothing() =>
        RevokeAsync(id => Writer.ChangeAccessAsync("acme", [id], ["user:bob"], Cancellation));

    [Fact]
    public Task RemoveAsync_SearchesThatBeginAfterwards_FindNothing() =>
        RevokeAsync(id => Writer.RemoveAsync("acme", [id], Cancellation));

    [Fact]
    public Task ReplaceAsync_ByAVersionThatFewerMayRead_SearchesThatBeginAfterwardsFindNothing() =>
        RevokeAsync(id => Writer.ReplaceAsync(Document(id, "kettle") with { Version = 2, Access = ["user:bob"] }, Cancellation));

    [Fact]
    public async Task SwitchAsync_SearchesThatBeginAfterwards_FindWhatTheNewGenerationHas()
    {
        await Writer.ReplaceAsync(Document("d1", "The kettle boils."), Cancellation);
        PassOneSecond();
        IChunkIndex[] readers = [Index, OpenAnotherIndex()];
        foreach (var reader in readers)
            (await SeesAsync(reader, "d1")).ShouldBeTrue();

        await using (var build = await Generations.BuildAsync("acme", Model, 2, Cancellation))
        {
            await build.ReplaceAsync(Document("d2", "A pear."), Cancellation);
            await build.ReplaceAsync(Document("d1", "The kettle boils.") with { Access = ["user:bob"] }, Cancellation);
            await build.SwitchAsync(Cancellation);
        }
        foreach (var reader in readers)
        {
            (await SeesAsync(reader, "d1")).ShouldBeFalse();
            (await reader.CountAsync(narrowing: null, Filter("acme", "alice"), Cancellation)).ShouldBe(1);
        }
        await Writer.RemoveAsync("acme", ["d2"], Cancellation);
        foreach (var reader in readers)
            (await reader.CountAsync(narrowing: null, Filter("acme", "alice"), Cancellation)).ShouldBe(0);
    }

    private async Task RevokeAsync(Func<string, Task> revoke)
    {
        await Writer.ReplaceAsync(Document("other", "pear"), Cancellation);
        IChunkIndex[] readers = [Index, OpenAnotherIndex()];
        for (var round = 0; round < Rounds; round++)
        {
            var id = $"d{round}";
            await Writer.ReplaceAsync(Document(id, "kettle"), Cancellation);
            PassOneSecond();
            foreach (var reader in readers)
                (await SeesAsync(reader, id)).ShouldBeTrue();

            await revoke(id);

            var seen = await Task.WhenAll(readers.SelectMany(reader => Enumerable.Range(0, 4).Select(_ => SeesAsync(reader, id))));
            seen.ShouldAllBe(sees => !sees);
        }
    }

    /// <summary>True when Alice finds the document. Keyword search, vector search, spelling correction and count must agree.</summary>
    private static async Task<bool> SeesAsync(IChunkIndex reader, string id)
    {
        var filter = Filter("acme", "alice");
        var narrowing = new Contracts.Search.SearchFilters { Documents = [id] };
        var found = await reader.SearchAsync(new ChunkQuery("kettle", Vector(1, 0), Model, 10) { Filters = narrowing }, filter, Cancellation);
        var corrected = await reader.CorrectAsync(["ketttle"], filter, Cancellation);
        var count = await reader.CountAsync(narrowing, filter, Cancellation);
        bool[] seen = [found.Keyword.Count > 0, found.Semantic.Count > 0, corrected.Count > 0, count > 0];
        seen.Distinct().ShouldHaveSingleItem();
        return seen[0];
    }
}
