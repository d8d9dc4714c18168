using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Documents;
using RagApp.Ingestion.Maintenance;
using RagApp.Ingestion.Maintenance.Rebuild;
using RagApp.Storage.Documents.Contents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Index;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion.Maintenance;

public sealed class RebuildTests
{
    [Theory]
    [InlineData("gone")]
    [InlineData("damaged")]
    [InlineData("whole")]
    public async Task RebuildIndex_FromTheStoreAlone_SearchesAreAsBefore(string state)
    {
        await using var service = await StartAsync();
        for (var i = 0; i < 6; i++)
            await service.IndexAsync(Alice, $"{i}.md", $"# Animal {i}\n\nThe axolotl number {i} of the pond.", i % 2 == 0 ? "public" : "group:finance");
        var (alices, bobs) = (await ListsAsync(service, Alice), await ListsAsync(service, Bob));
        alices.Count.ShouldBe(12);
        var embedded = service.Embeddings.Requests.Count;
        var index = Path.Combine(service.DataPath, "index", "acme");
        if (state == "gone")
            Directory.Delete(index, recursive: true);
        else if (state == "damaged")
            await DamageAsync(index);

        var run = await Verbs.RunAsync(service.DataPath, "rebuild-index", "--tenant", "acme");

        run.Exit.ShouldBe(MaintenanceExit.Done, run.End.Text);
        run.Lines.ShouldHaveSingleItem().ShouldStartWith("acme: 6 documents, 6 chunks in ");
        (await ListsAsync(service, Alice)).ShouldBe(alices, ignoreOrder: true);
        (await ListsAsync(service, Bob)).ShouldBe(bobs, ignoreOrder: true);
        service.Embeddings.Requests.Count.ShouldBe(embedded);
        await service.IndexAsync(Alice, "new.md", "The axolotl that came later.", "public");
        (await service.SearchAsync(Bob, "later")).ShouldHaveSingleItem();
        (await Verbs.RunAsync(service.DataPath, "sweep")).Exit.ShouldBe(MaintenanceExit.Done);
    }

    [Fact]
    public async Task RebuildIndex_VectorsMissing_NamesTheDocumentAndIndexesTheRest()
    {
        await using var service = await StartAsync();
        var lost = await service.IndexAsync(Alice, "lost.md", "The axolotl.", "public");
        await service.IndexAsync(Alice, "kept.md", "The tapir.", "public");
        var documents = service.App.Services.GetRequiredService<IManifestStore>();
        var contents = service.App.Services.GetRequiredService<IContentStore>();
        await contents.DeleteVectorsAsync((await documents.FindAsync("acme", lost.Id, Cancellation))!.Manifest.LatestId, FakeEmbeddings.Model, Cancellation);

        var run = await Verbs.RunAsync(service.DataPath, "rebuild-index");

        run.Exit.ShouldBe(MaintenanceExit.Found);
        run.Lines[0].ShouldStartWith("acme: left out lost.md: it has no vectors");
        (await service.SearchAsync(Bob, "tapir")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task RebuildIndex_UnknownTenant_SaysWhichThereAre()
    {
        await using var service = await StartAsync();
        await service.IndexAsync(Alice, "a.md", "The axolotl.", "public");

        var run = await Verbs.RunAsync(service.DataPath, "rebuild-index", "--tenant", "acmee");

        run.Exit.ShouldBe(MaintenanceExit.Failed);
        run.End.Text.ShouldBe("There is no tenant 'acmee': acme.");
    }

    [Fact]
    public async Task Build_ChangesMeanwhile_AreAllInTheNewIndex()
    {
        await using var service = await StartAsync();
        var deleted = await service.IndexAsync(Alice, "deleted.md", "The deleted animal.", "public");
        var narrowed = await service.IndexAsync(Alice, "narrowed.md", "The narrowed animal.", "public");
        await service.IndexAsync(Alice, "changed.md", "The old animal.", "public");
        var documents = service.App.Services.GetRequiredService<IManifestStore>();
        var contents = service.App.Services.GetRequiredService<IContentStore>();
        var once = new SemaphoreSlim(1, 1);

        await service.App.Services.GetRequiredService<IndexBuilder>().RunAsync(
            "acme", FakeEmbeddings.Model, FakeEmbeddings.Dimension, ReadAsync, new Progress<VerbUpdate>(), Cancellation);

        (await service.SearchAsync(Bob, "animal")).Select(chunk => (chunk.Path, chunk.Version)).ShouldBe([("changed.md", 2), ("new.md", 1)], ignoreOrder: true);
        (await service.SearchAsync(Alice, "animal")).Select(chunk => chunk.Path).ShouldBe(["changed.md", "new.md", "narrowed.md"], ignoreOrder: true);
        (await Verbs.RunAsync(service.DataPath, "sweep")).Lines[^1].ShouldStartWith("0 orphans");

        // The first read of vectors triggers the changes, so that everything the build has read by then is out of date.
        async Task<DocumentVectors?> ReadAsync(DocumentManifest manifest, DocumentVersion version, DocumentContent content, CancellationToken token)
        {
            var vectors = await contents.ReadVectorsAsync(manifest.IdOf(version), FakeEmbeddings.Model, token);
            if (await once.WaitAsync(0, token))
                await ChangeAsync();
            return vectors;
        }

        async Task ChangeAsync()
        {
            await service.Documents.DeleteAsync(Alice, deleted.Id, Cancellation);
            await service.Documents.SetAccessAsync(Alice, narrowed.Id, new AccessChange(["user:alice"]), Cancellation);
            await service.IndexAsync(Alice, "changed.md", "The changed animal.");
            await service.IndexAsync(Alice, "new.md", "The new animal.", "public");
        }
    }

    private static async Task DamageAsync(string index)
    {
        foreach (var file in Directory.GetFiles(index, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "write.lock"))
            await File.WriteAllTextAsync(file, "damaged", Cancellation);
    }

    /// <summary>Keyword and vector results of a search, each chunk with its score.</summary>
    private static async Task<List<(string Path, int Version, string Text, double Score)>> ListsAsync(IngestionService service, Contracts.Identity.Principal principal)
    {
        var vector = Enumerable.Range(0, FakeEmbeddings.Dimension).Select(i => i + 1f).ToArray();
        var found = await service.SearchAsync(principal, new ChunkQuery("axolotl pond", vector, FakeEmbeddings.Model, 20));
        return [.. found.Keyword.Concat(found.Semantic).Select(scored => (scored.Chunk.Path, scored.Chunk.Version, scored.Chunk.Text, Math.Round(scored.Score, 4)))];
    }
}
