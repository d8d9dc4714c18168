using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Identity;
using RagApp.Ingestion.Maintenance;
using RagApp.Ingestion.Maintenance.Sweep;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Documents.Originals;
using RagApp.Storage.Index;
using RagApp.Storage.Journals;
using RagApp.Storage.Queue;
using RagApp.Tests.TestServices;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion.Maintenance;

/// <summary>Documents stored before paths were normalised: the sweep moves them to the normal form of their path.</summary>
public sealed class PathMergeTests
{
    private const string Composed = "r\u00e9sum\u00e9.txt";
    private const string Decomposed = "re\u0301sume\u0301.txt";

    [Fact]
    public async Task Sweep_PathInOtherForm_DocumentIsFoundUnderItsNormalPathAndItIsRecorded()
    {
        await using var service = await StartAsync();
        await IndexDecomposedAsync(service, Alice, "The okapi.", "group:staff");

        var run = await SweepAsync(service);

        run.Lines.ShouldContain(line => line.Contains($"{OrphanKind.PathInOtherForm} ", StringComparison.Ordinal));
        var moved = (await service.Documents.ListAsync(Bob, new(), null, null, Cancellation)).Documents.ShouldHaveSingleItem();
        (moved.Path, moved.UploadedBy, string.Join(' ', moved.Access), moved.Status).ShouldBe((Composed, "alice", "group:staff", DocumentStatus.Indexed));
        (await service.SearchAsync(Bob, "okapi")).ShouldHaveSingleItem().Path.ShouldBe(Composed);
        var records = await service.App.Services.GetRequiredService<IAuditJournal>()
            .ReadAsync("acme", DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Cancellation).ToListAsync(Cancellation);
        records.Single(record => record.Action == AuditActions.DocumentMoved).Details["to"].ShouldBe(moved.Id);
        (await SweepAsync(service)).Lines.ShouldHaveSingleItem().ShouldStartWith("0 orphans found");
    }

    [Fact]
    public async Task Sweep_BothFormsAreThere_TheNewerFileIsTheNewestVersion()
    {
        await using var service = await StartAsync();
        await service.IndexAsync(Alice, Composed, "The okapi.", "group:staff");
        await IndexDecomposedAsync(service, Alice, "The numbat.", "group:staff");

        await SweepAsync(service);

        (await service.Documents.ListAsync(Bob, new(), null, null, Cancellation)).Documents.ShouldHaveSingleItem().Version.ShouldBe(2);
        (await service.SearchAsync(Bob, "numbat")).ShouldHaveSingleItem();
        (await service.SearchAsync(Bob, "okapi")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("public", "alice")]
    [InlineData("group:staff", "bob")]
    public async Task Sweep_OtherListOrOtherOwnerHasThePath_BothStayApart(string access, string owner)
    {
        await using var service = await StartAsync();
        await service.IndexAsync(owner == "alice" ? Alice : Bob, Composed, "The okapi.", access);
        await IndexDecomposedAsync(service, Alice, "The numbat.", "group:staff");

        await SweepAsync(service);

        (await service.Documents.ListAsync(Alice, new(), null, null, Cancellation)).Documents.Select(info => (info.Path, string.Join(' ', info.Access)))
            .ShouldBe([("r\u00e9sum\u00e9 (2).txt", "group:staff"), (Composed, access)]);
        (await service.SearchAsync(Bob, "numbat")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Sweep_NewestVersionFailed_IsNamedAndKeepsItsText()
    {
        await using var service = await StartAsync();
        await IndexDecomposedAsync(service, Alice, "The numbat.", "public");
        var documents = service.App.Services.GetRequiredService<IManifestStore>();
        var originals = service.App.Services.GetRequiredService<IOriginalStore>();
        var stored = (await documents.FindAsync("acme", DocumentIds.For("acme", Decomposed), Cancellation))!;
        var failed = stored.Manifest.Latest with { Number = 2, Status = DocumentStatus.Failed, Reason = "It cannot be read." };
        await documents.SaveAsync(stored.Manifest with { Latest = failed }, stored.ETag, Cancellation);

        var run = await SweepAsync(service);

        (run.Exit, run.Lines[0]).ShouldBe((MaintenanceExit.Found, $"acme: {Decomposed}: its newest version does not answer, or its file was not kept: delete it, and upload it again"));
        (await service.SearchAsync(Bob, "numbat")).ShouldHaveSingleItem().Path.ShouldBe(Decomposed);
    }

    [Fact]
    public async Task Sweep_FileIsDamaged_IsNamedAndTheRestIsSwept()
    {
        await using var service = await StartAsync();
        await IndexDecomposedAsync(service, Alice, "The numbat.", "public");
        var original = Directory.EnumerateFiles(service.OriginalsOf("acme"), "*", SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(original, "The wombat.", Cancellation);
        var lost = await service.IndexAsync(Alice, "z.md", "The okapi.", "public");
        await service.App.Services.GetRequiredService<IChunkIndexWriter>().RemoveAsync("acme", [lost.Id], Cancellation);

        var run = await SweepAsync(service);

        run.Exit.ShouldBe(MaintenanceExit.Found);
        run.Lines.ShouldContain(line => line.StartsWith($"acme: {Decomposed}: ", StringComparison.Ordinal));
        (await service.SearchAsync(Bob, "okapi")).ShouldHaveSingleItem();
        (await service.SearchAsync(Bob, "numbat")).ShouldHaveSingleItem("what answers goes on answering");
    }

    [Fact]
    public async Task Upload_EitherForm_IsOneDocument()
    {
        await using var service = await StartAsync();
        var first = await service.IndexAsync(Alice, Composed, "The okapi.", "group:staff");
        var second = await service.IndexAsync(Alice, Decomposed, "The numbat.");

        (second.Id, second.Path, second.Version).ShouldBe((first.Id, Composed, 2));
        (await service.Documents.LookUpAsync(Alice, new DocumentLookup([Decomposed]), Cancellation)).Documents.ShouldHaveSingleItem()!.Id.ShouldBe(first.Id);
    }

    /// <summary>Stores a document with a path that is not normalised, as an earlier version of the service did.</summary>
    private static async Task IndexDecomposedAsync(IngestionService service, Principal person, string text, string access)
    {
        var documents = service.App.Services.GetRequiredService<IManifestStore>();
        var originals = service.App.Services.GetRequiredService<IOriginalStore>();
        var original = await originals.WriteAsync("acme", new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), 1_000, Cancellation);
        var now = service.Time.GetUtcNow();
        var version = new DocumentVersion(1, original.Id, original.Sha256, original.Size, "text/plain", Decomposed, DocumentStatus.Queued, null, [], 0, 0, now);
        var id = DocumentIds.For("acme", Decomposed);
        var manifest = new DocumentManifest("acme", id, Decomposed, [access], person.Subject, now, now, version, Searchable: null);
        await documents.SaveAsync(manifest, etag: null, Cancellation);
        await service.App.Services.GetRequiredService<IJobQueue>().EnqueueAsync(Job.On(manifest.LatestId, JobKind.Ingest), Cancellation);
        await service.SettleAsync(person, id);
    }

    private static async Task<VerbRun> SweepAsync(IngestionService service)
    {
        var run = await Verbs.RunAsync(service.DataPath, "sweep");
        await Eventually.HoldsAsync(async () =>
            await service.App.Services.GetRequiredService<IJobQueue>().GetDepthAsync(Cancellation) is { Waiting: 0, Running: 0, Delayed: 0 });
        return run;
    }
}
