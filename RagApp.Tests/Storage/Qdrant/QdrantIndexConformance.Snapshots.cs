using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Qdrant.Client;
using RagApp.Storage.Qdrant.Terms;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Storage.Qdrant;

/// <summary>Snapshots of all collections, and restoring the index from them.</summary>
public abstract partial class QdrantIndexConformance
{
    /// <summary>Number of copies in a snapshot's record: one on a single server, the number of replicas on a cluster.</summary>
    [GeneratedRegex("\"copies\":[0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Copies();

    [Fact]
    public async Task RestoreAsync_Snapshot_BringsBackWhatWasThereAndGoesOn()
    {
        using var folder = new TemporaryFolder();
        await Writer.ReplaceAsync(Document("d1", "apple"), Cancellation);
        await Writer.ReplaceAsync(Document("d2", "apple") with { Access = ["user:bob"] }, Cancellation);
        await Writer.ReplaceAsync(Document("d1", "apple", Vector(1, 0, 0)) with { Tenant = "globex", Model = "other-model" }, Cancellation);
        await Snapshots.CreateAsync(folder.Path, Cancellation);

        await Writer.RemoveAsync("acme", ["d1"], Cancellation);
        await Writer.ReplaceAsync(Document("late", "apple"), Cancellation);
        await using (var build = await Generations.BuildAsync("globex", Model, 2, Cancellation))
            await build.SwitchAsync(Cancellation);
        await RestoreAsync(folder.Path);
        PassOneSecond();

        (await KeywordAsync("apple")).ShouldBe(["d1"]);
        (await Index.CountAsync(narrowing: null, Filter("acme", "bob"), Cancellation)).ShouldBe(2);
        (await Index.FindModelAsync("globex", Cancellation)).ShouldBe("other-model");
        (await Index.CountAsync(narrowing: null, Filter("globex", "eve"), Cancellation)).ShouldBe(1);
        await Writing.GetRequiredService<TermCounting>().CatchUpAsync(Cancellation);
        await CountShouldBeAsync("en", "appl", 1);
        await CountShouldBeAsync("en", "appl", 2, "bob");

        await Writer.ReplaceAsync(Document("d3", "apple"), Cancellation);
        await ReopenAsync();
        (await KeywordAsync("apple")).ShouldBe(["d1", "d3"], ignoreOrder: true);
    }

    [Fact]
    public async Task RestoreAsync_OneBeforeWasKilled_WhatItLeftIsRemoved()
    {
        using var folder = new TemporaryFolder();
        await Writer.ReplaceAsync(Document("d1", "apple"), Cancellation);
        await Snapshots.CreateAsync(folder.Path, Cancellation);
        var client = Writing.GetRequiredService<QdrantClient>();
        var before = await client.ListCollectionsAsync(Cancellation);
        _ = await Snapshots.RestoreAsync(folder.Path, Cancellation); // neither switched nor disposed, as after a crash
        (await client.ListCollectionsAsync(Cancellation)).Count.ShouldBe(before.Count + 2);

        await RestoreAsync(folder.Path);
        PassOneSecond();

        (await client.ListCollectionsAsync(Cancellation)).Count.ShouldBe(before.Count);
        (await KeywordAsync("apple")).ShouldBe(["d1"]);
        await RestoreAsync(folder.Path); // collections that are in use are not leftovers of an earlier restore
        (await KeywordAsync("apple")).ShouldBe(["d1"]);
    }

    [Fact]
    public async Task RestoreAsync_RecordDamagedOrGone_IsRefusedAndLeavesNoCollection()
    {
        using var folder = new TemporaryFolder();
        await Writer.ReplaceAsync(Document("d1", "apple"), Cancellation);
        await Snapshots.CreateAsync(folder.Path, Cancellation);
        await Writer.ReplaceAsync(Document("d2", "apple"), Cancellation);
        var client = Writing.GetRequiredService<QdrantClient>();
        var before = await client.ListCollectionsAsync(Cancellation);
        var record = Path.Combine(folder.Path, "snapshot.json");
        var text = await File.ReadAllTextAsync(record, Cancellation);

        await RefuseAsync(folder.Path, () => File.WriteAllText(record, text.Replace("-1.snapshot", "-2.snapshot", StringComparison.Ordinal)));
        await RefuseAsync(folder.Path, () => File.WriteAllText(record, Copies().Replace(text, "\"copies\":9")));
        await RefuseAsync(folder.Path, () => File.WriteAllText(record, text[..^5]));
        await RefuseAsync(folder.Path, () => File.Delete(record));
        PassOneSecond();
        (await KeywordAsync("apple")).ShouldBe(["d1", "d2"], ignoreOrder: true);
        (await client.ListCollectionsAsync(Cancellation)).ShouldBe(before, ignoreOrder: true);
    }
}
