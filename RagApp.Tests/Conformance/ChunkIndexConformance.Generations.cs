using RagApp.Storage.Index;

namespace RagApp.Tests.Conformance;

/// <summary>Scanning an index, and building a new generation beside the current one.</summary>
public abstract partial class ChunkIndexConformance
{
    [Fact]
    public async Task ScanAsync_Documents_ComeInOrderWithWhatTheIndexHas()
    {
        await Writer.ReplaceAsync(Document("b2", [("x", Vector(1, 0)), ("y", Vector(1, 0))]) with { Version = 7, Access = ["user:bob", "public"] }, Cancellation);
        await Writer.ReplaceAsync(Document("a1", "x"), Cancellation);
        await Writer.ReplaceAsync(Document("c3", "x") with { Model = "other-model" }, Cancellation);
        await Writer.ReplaceAsync(Document("gone", "x"), Cancellation);
        await Writer.RemoveAsync("acme", ["gone"], Cancellation);
        await Writer.ReplaceAsync(Document("a1", "x") with { Tenant = "globex" }, Cancellation);

        var found = await Writer.ScanAsync("acme", documentId: null, Cancellation).ToListAsync(Cancellation);

        found.ShouldBe(
        [
            new IndexedVersion("a1", "i1", 1, 1, IndexedVersion.FingerprintOf(["public"]), Model),
            new IndexedVersion("b2", "i1", 7, 2, IndexedVersion.FingerprintOf(["public", "user:bob"]), Model),
            new IndexedVersion("c3", "i1", 1, 1, IndexedVersion.FingerprintOf(["public"]), "other-model"),
        ]);
        await Writer.ReplaceAsync(Document("a1", [("y", Vector(1, 0)), ("z", Vector(1, 0))]) with { Incarnation = "i2" }, Cancellation);
        (await Writer.ScanAsync("acme", "a1", Cancellation).ToListAsync(Cancellation)).ShouldHaveSingleItem().ShouldBe(found[0] with { Incarnation = "i2", Chunks = 2 });
        (await Writer.ScanAsync("acme", "b2", Cancellation).ToListAsync(Cancellation)).ShouldHaveSingleItem().ShouldBe(found[1]);
        (await Writer.ScanAsync("acme", "gone", Cancellation).ToListAsync(Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ScanAsync_NoIndex_IsEmpty() =>
        (await Writer.ScanAsync("acme", documentId: null, Cancellation).ToListAsync(Cancellation)).ShouldBeEmpty();

    [Fact]
    public async Task FindCurrentAsync_FirstDocument_DecidesTheModel()
    {
        (await Generations.FindCurrentAsync("acme", Cancellation)).ShouldBeNull();
        (await Index.FindModelAsync("acme", Cancellation)).ShouldBeNull();
        await Writer.ReplaceAsync(Document("d1", "apple"), Cancellation);
        await Writer.ReplaceAsync(Document("d2", "apple") with { Model = "other-model" }, Cancellation);
        PassOneSecond();

        var current = (await Generations.FindCurrentAsync("acme", Cancellation)).ShouldNotBeNull();
        (current.Model, current.Dimension).ShouldBe((Model, 2));
        (await Index.FindModelAsync("acme", Cancellation)).ShouldBe(Model);
        (await SearchAsync(new ChunkQuery("apple", null, null, 1))).Model.ShouldBe(Model);
    }

    [Fact]
    public async Task BuildAsync_UntilTheSwitch_TheOldOneAnswersAndThenTheNewOne()
    {
        await Writer.ReplaceAsync(Document("old", "apple"), Cancellation);
        await using (var build = await Generations.BuildAsync("acme", "new-model", 3, Cancellation))
        {
            await build.ReplaceAsync(Document("new", "apple", Vector(1, 0, 0)) with { Model = "new-model" }, Cancellation);
            await build.ReplaceAsync(Document("dropped", "apple", Vector(1, 0, 0)) with { Model = "new-model" }, Cancellation);
            await build.RemoveAsync("dropped", Cancellation);
            PassOneSecond();
            (await KeywordAsync("apple")).ShouldBe(["old"]);
            (await Index.FindModelAsync("acme", Cancellation)).ShouldBe(Model);
            (await Generations.ListLeftAsync("acme", Cancellation)).ShouldBeEmpty();

            await build.SwitchAsync(Cancellation);
        }
        PassOneSecond();

        (await KeywordAsync("apple")).ShouldBe(["new"]);
        (await SemanticAsync(Vector(1, 0, 0), "new-model")).ShouldBe(["new"]);
        (await Index.FindModelAsync("acme", Cancellation)).ShouldBe("new-model");
        (await Generations.FindCurrentAsync("acme", Cancellation)).ShouldNotBeNull().Dimension.ShouldBe(3);
        (await Generations.ListLeftAsync("acme", Cancellation)).ShouldBeEmpty();

        await Writer.ReplaceAsync(Document("later", "apple", Vector(0, 1, 0)) with { Model = "new-model" }, Cancellation);
        await ReopenAsync();
        (await KeywordAsync("apple")).ShouldBe(["new", "later"], ignoreOrder: true);
    }

    [Fact]
    public async Task BuildAsync_DisposedBeforeTheSwitch_LeavesNothing()
    {
        await Writer.ReplaceAsync(Document("old", "apple"), Cancellation);
        await using (var build = await Generations.BuildAsync("acme", Model, 2, Cancellation))
            await build.ReplaceAsync(Document("new", "apple"), Cancellation);

        await ReopenAsync();
        (await KeywordAsync("apple")).ShouldBe(["old"]);
        (await Generations.ListLeftAsync("acme", Cancellation)).ShouldBeEmpty();
        (await Generations.ListTenantsAsync(Cancellation).ToListAsync(Cancellation)).ShouldBe(["acme"]);
    }

    [Fact]
    public async Task SwitchAsync_WhileSearching_EverySearchFindsTheDocument()
    {
        await Writer.ReplaceAsync(Document("d1", "apple"), Cancellation);
        var building = Task.Run(async () =>
        {
            for (var round = 0; round < 12; round++)
            {
                await using var build = await Generations.BuildAsync("acme", Model, 2, Cancellation);
                await build.ReplaceAsync(Document("d1", "apple"), Cancellation);
                await build.SwitchAsync(Cancellation);
            }
        }, Cancellation);

        var searches = 0;
        for (var last = false; !last; searches++)
        {
            last = building.IsCompleted;
            PassOneSecond();
            var found = await SearchAsync(new ChunkQuery("apple", Vector(1, 0), Model, 10));
            (found.Keyword.Count, found.Semantic.Count).ShouldBe((1, 1));
        }
        await building;
        searches.ShouldBeGreaterThan(1);
    }
}
