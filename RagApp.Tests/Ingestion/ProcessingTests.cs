using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Embeddings;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Documents.Originals;
using RagApp.Tests.TestServices;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion;

public sealed class ProcessingTests
{
    [Fact]
    public async Task Upload_SamplePdf_IsIndexedAndReadable()
    {
        await using var service = await StartAsync();
        var file = await File.ReadAllBytesAsync(Samples.PathOf(Samples.TravelPolicy), Cancellation);

        var uploaded = await service.Documents.UploadAsync(Alice, Multipart("policies/travel.pdf", file, "public"), Cancellation);
        var info = await service.SettleAsync(Alice, uploaded.Id);

        info.Status.ShouldBe(DocumentStatus.Indexed, info.Reason);
        info.SearchableVersion.ShouldBe(1);
        info.Title.ShouldBe("Travel and expenses policy");
        info.ContentType.ShouldBe("application/pdf");
        info.Done.ShouldBe(info.Total);
        var text = await service.Documents.GetTextAsync(Bob, info.Id, Cancellation);
        var taxi = text.Passages.Single(passage => passage.Text.Contains("0.38 euro per kilometre", StringComparison.Ordinal));
        taxi.Section.ShouldBe("Taxis and cars");
        taxi.Page.ShouldBe(2);
        (await service.SearchAsync(Bob, "kilometre")).ShouldContain(chunk => chunk.Ordinal == taxi.Ordinal && chunk.Page == 2);
        service.Embeddings.Texts.ShouldContain($"Travel and expenses policy\nTaxis and cars\n{taxi.Text}");
        service.Embeddings.Requests.ShouldAllBe(request => request.Priority == EmbeddingPriority.Bulk && request.Model == FakeEmbeddings.Model && request.Input.Count <= 32);
        service.Embeddings.Authorizations.ShouldAllBe(header => header.StartsWith("Bearer ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Delete_WhileInWork_LeavesNothingBehind()
    {
        await using var service = await StartAsync();
        var release = service.Embeddings.Hold();
        var info = await service.UploadAsync(Alice, "ghost.txt", "The ghost text.", "public");
        await Eventually.HoldsAsync(() => !service.Embeddings.Requests.IsEmpty);

        await service.Documents.DeleteAsync(Alice, info.Id, Cancellation);
        release.SetResult();
        await service.IdleAsync();

        (await service.SearchAsync(Alice, "ghost")).ShouldBeEmpty();
        (await Documents(service).FindAsync("acme", info.Id, Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task Restart_InTheMiddle_DocumentIsFinished()
    {
        await using var service = await StartAsync("--Processing:Workers=1");
        var (hold, release) = (true, new TaskCompletionSource());
        service.Embeddings.Before = async _ =>
        {
            if (hold)
                await release.Task;
            return null;
        };
        var info = await service.UploadAsync(Alice, "crash.txt", "Survives a crash.", "public");
        await Eventually.HoldsAsync(() => !service.Embeddings.Requests.IsEmpty);

        hold = false;
        await service.RestartAsync();
        release.SetResult();

        (await service.SettleAsync(Alice, info.Id)).Status.ShouldBe(DocumentStatus.Indexed);
    }

    [Fact]
    public async Task Recovery_ManifestWithoutJob_IsQueuedAtStart()
    {
        await using var service = await StartAsync();
        var original = await service.App.Services.GetRequiredService<IOriginalStore>().WriteAsync("acme", new MemoryStream("Lost in between."u8.ToArray()), 1_000, Cancellation);
        var id = DocumentIds.For("acme", "lost.txt");
        await Documents(service).SaveAsync(Manifest(id, "lost.txt", original), etag: null, Cancellation);

        await service.RestartAsync();

        (await service.SettleAsync(Alice, id)).Status.ShouldBe(DocumentStatus.Indexed);
    }

    [Fact]
    public async Task Recovery_DeletionCutOff_IsFinishedAtStart()
    {
        await using var service = await StartAsync();
        var info = await service.UploadAsync(Alice, "half-gone.txt", "The halfway text.", "public");
        await service.SettleAsync(Alice, info.Id);
        var stored = await Documents(service).FindAsync("acme", info.Id, Cancellation);
        await Documents(service).SaveAsync(stored!.Manifest with { Deleted = true }, stored.ETag, Cancellation);

        await service.RestartAsync();
        await Eventually.HoldsAsync(async () => await Documents(service).FindAsync("acme", info.Id, Cancellation) is null);

        (await service.SearchAsync(Alice, "halfway")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Start_InDevelopment_SamplesAreThereOnce()
    {
        await using var service = await StartAsync("--environment=Development");
        var alice = Alice with { Subject = "demo-alice" };
        await Eventually.HoldsAsync(async () => (await service.Documents.ListAsync(alice, new(), null, null, Cancellation)).Documents.Count == 4);

        var documents = (await service.Documents.ListAsync(alice, new(), null, null, Cancellation)).Documents;
        foreach (var document in documents)
            (await service.SettleAsync(alice, document.Id)).Status.ShouldBe(DocumentStatus.Indexed);
        await service.Documents.DeleteAsync(alice, documents[0].Id, Cancellation);
        await service.RestartAsync();

        (await service.Documents.ListAsync(alice, new(), null, null, Cancellation)).Documents.Count.ShouldBe(3);
    }

    private static DocumentManifest Manifest(string id, string path, StoredOriginal original) => new(
        "acme", id, path, ["public"], "alice", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch,
        new DocumentVersion(1, original.Id, original.Sha256, original.Size, "text/plain", path, DocumentStatus.Queued, null, [], 0, 0, DateTimeOffset.UnixEpoch),
        Searchable: null);

    private static IManifestStore Documents(IngestionService service) => service.App.Services.GetRequiredService<IManifestStore>();
}
