using System.Net;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;
using RagApp.Ingestion.Catalogue;
using RagApp.Storage.Blobs;
using RagApp.Tests.TestServices;
using static RagApp.Tests.Ingestion.Catalogue.CatalogueUnderTest;

namespace RagApp.Tests.Ingestion.Catalogue;

/// <summary>
/// The catalogue is only a cache of the manifests: whatever entries it lacks or has in excess, no list shows a document that
/// the reader may not see.
/// </summary>
public sealed class CatalogueTests : IDisposable
{
    private readonly CatalogueUnderTest _under = new();

    public void Dispose() => _under.Dispose();

    [Fact]
    public async Task List_ChangedElsewhereUnheard_ShowsNothingThatMayNotBeSeenAndFillsThePage()
    {
        for (var number = 0; number < 6; number++)
            await _under.SaveAsync(Manifest($"{number}.txt", "public"));
        await _under.ListAsync();
        await _under.SaveElsewhereAsync(Manifest("1.txt", "user:bob"));
        await _under.SaveElsewhereAsync(Manifest("2.txt", "public") with { Deleted = true });
        await _under.Stored.DeleteAsync("acme", Manifest("3.txt").Id, Cancellation);

        var page = await _under.ListAsync(limit: 2);

        page.Documents.Select(info => info.Path).ShouldBe(["0.txt", "4.txt"]);
        (await _under.ListAsync(after: page.Next)).Documents.Select(info => info.Path).ShouldBe(["5.txt"]);
    }

    [Fact]
    public async Task List_ChangedElsewhereSoThatTheFilterFails_LeavesItOut()
    {
        await _under.SaveAsync(Manifest("a.txt", "public"));
        await _under.ListAsync();
        var changed = Manifest("a.txt", "public");
        await _under.SaveElsewhereAsync(changed with { Latest = changed.Latest with { Status = DocumentStatus.Failed } });

        (await _under.ListAsync(new(Status: ["indexed"]))).Documents.ShouldBeEmpty();
        (await _under.ListAsync(new(Status: ["failed"]))).Documents.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Heal_WhateverHappenedElsewhere_IsAsTheStoreIs()
    {
        foreach (var path in new[] { "changed.txt", "gone.txt", "stays.txt" })
            await _under.SaveAsync(Manifest(path, "user:alice"));
        await _under.ListAsync();
        await _under.SaveElsewhereAsync(Manifest("changed.txt", "user:bob"));
        await _under.SaveElsewhereAsync(Manifest("new.txt", "public"));
        await _under.Stored.DeleteAsync("acme", Manifest("gone.txt").Id, Cancellation);

        await _under.Catalogue.HealAsync("acme", Cancellation);

        (await _under.PathsAsync()).ShouldBe(["new.txt", "stays.txt"]);
        (await _under.PathsAsync(Alice with { Subject = "bob", Groups = [] })).ShouldBe(["changed.txt", "new.txt"]);
        (await IdsAsync()).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Save_WhileTheStoreIsCompared_IsNotOverwrittenByWhatWasReadBefore()
    {
        await _under.SaveElsewhereAsync(Manifest("a.txt", "public"));
        var (read, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        _under.Watch.BeforeRead = () => { read.TrySetResult(); return goOn.Task; };
        var list = _under.ListAsync();
        await read.Task.WaitAsync(Cancellation);

        var stored = (await _under.Stored.FindAsync("acme", Manifest("a.txt").Id, Cancellation))!;
        await _under.Catalogue.SaveAsync(stored.Manifest with { Access = ["user:bob"] }, stored.ETag, Cancellation);
        goOn.SetResult();

        (await list).Documents.ShouldBeEmpty();
        (await _under.PathsAsync(Alice with { Subject = "bob", Groups = [] })).ShouldBe(["a.txt"]);
    }

    [Fact]
    public async Task Save_AnswerIsLost_IsLookedAtAgain()
    {
        await _under.ListAsync();
        _under.Watch.AfterSave = () => throw new LostAnswerException();

        await Should.ThrowAsync<LostAnswerException>(_under.SaveAsync(Manifest("a.txt", "public")));

        _under.Catalogue.Doubts.TryRead(out _).ShouldBeTrue();
        foreach (var (tenant, id) in _under.Catalogue.TakeDoubted())
            await _under.Catalogue.RefreshAsync(tenant, id, Cancellation);
        (await _under.PathsAsync()).ShouldBe(["a.txt"]);
    }

    [Fact]
    public async Task Save_ListOfAnUpload_GoesToAllThatCameOutOfItWhicheverIsFirst()
    {
        var root = Manifest("all.zip", "public") with { Children = 1 };
        var inner = Inside(root, "inner.zip") with { Children = 1 };
        await _under.ListAsync();
        foreach (var manifest in new[] { Inside(inner, "deep.txt"), inner, root })
            await _under.SaveAsync(manifest);
        var bob = Alice with { Subject = "bob", Groups = [] };
        (await _under.PathsAsync(bob)).Count().ShouldBe(3);

        await _under.SaveAsync(root with { Access = ["user:alice"], AccessPending = true });
        var before = _under.Watch.Reads;

        (await _under.PathsAsync(bob)).ShouldBeEmpty();
        _under.Watch.Reads.ShouldBe(before); // no manifest is read for the hidden documents
        (await _under.PathsAsync()).Count().ShouldBe(3);
        (await _under.PathsAsync(Alice with { Subject = "carol", Groups = [] })).Count().ShouldBe(3); // Carol uploaded the documents
    }

    [Fact]
    public async Task Save_AccessChangedAHundredTimes_KeepsNoListOfBefore()
    {
        for (var time = 0; time < 2 * TenantCatalogue.ListsAtOnce; time++)
            await _under.SaveAsync(Manifest("a.txt", "public", $"user:{time}"));
        for (var number = 0; number < 100; number++)
            await _under.SaveAsync(Manifest($"b{number}.txt", "user:bob"));
        await _under.ListAsync();
        for (var time = 0; time < 2 * TenantCatalogue.ListsAtOnce; time++)
            await _under.SaveAsync(Manifest("a.txt", "public", $"user:{time}"));

        (await _under.Catalogue.UseAsync("acme", known => known.CountListsAsync(), Cancellation)).ShouldBe(2);
    }

    [Fact]
    public async Task List_WhileTheCatalogueIsMade_WaitsAndThenSaysSo()
    {
        await _under.SaveElsewhereAsync(Manifest("a.txt", "public"));
        var (read, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        _under.Watch.BeforeRead = () => { read.TrySetResult(); return goOn.Task; };
        var (impatient, patient) = (_under.ListAsync(), _under.ListAsync());
        await read.Task.WaitAsync(Cancellation);

        await Eventually.HoldsAsync(() =>
        {
            _under.Time.Advance(TimeSpan.FromSeconds(10));
            return impatient.IsCompleted && patient.IsCompleted;
        });

        var refused = await Should.ThrowAsync<ProblemException>(impatient);
        (refused.Status, refused.RetryAfter).ShouldBe((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(30)));
        refused.Message.ShouldBe("The list of documents is just being put together. Try again in a moment.");
        await Should.ThrowAsync<ProblemException>(patient);
        goOn.SetResult();
        (await _under.PathsAsync()).ShouldBe(["a.txt"]);
    }

    [Fact]
    public async Task List_ManifestDamagedAndRestored_IsThereAgainAfterTheNextComparison()
    {
        var root = Manifest("all.zip", "public") with { Children = 1 };
        var damaged = Inside(root, "a.txt", DocumentStatus.Embedding);
        await _under.SaveAsync(root);
        await _under.SaveAsync(damaged);
        (await _under.ListAsync()).Documents[0].Status.ShouldBe(DocumentStatus.Unpacking);
        var file = _under.FileOf(damaged);
        var bytes = await File.ReadAllBytesAsync(file, Cancellation);
        await File.WriteAllBytesAsync(file, bytes[..20], Cancellation);

        (await _under.PathsAsync()).ShouldBe(["all.zip"]);
        // the damaged file inside is no longer waited for
        (await _under.ListAsync()).Documents.ShouldHaveSingleItem().Status.ShouldBe(DocumentStatus.Indexed);

        await File.WriteAllBytesAsync(file, bytes, Cancellation);
        await _under.Catalogue.HealAsync("acme", Cancellation);
        (await _under.PathsAsync()).ShouldBe(["all.zip", "all.zip/a.txt"]);
    }

    private Task<List<string>> IdsAsync() => _under.Catalogue.UseAsync("acme", known => known.ListIdsAsync(), Cancellation);

    private sealed class LostAnswerException() : StoreUnavailableException("The answer was lost.", inner: null);
}
