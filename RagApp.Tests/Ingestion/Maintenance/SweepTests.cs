using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Search;
using RagApp.Ingestion.Maintenance;
using RagApp.Ingestion.Maintenance.Sweep;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Contents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Documents.Originals;
using RagApp.Storage.Index;
using RagApp.Tests.TestServices;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion.Maintenance;

public sealed class SweepTests
{
    private const string Nobody = "00000000000000000000000000000000";

    [Fact]
    public async Task Sweep_InOrder_FindsNothing()
    {
        await using var service = await StartAsync("--Sweep:Grace=00:00:00");
        await service.IndexAsync(Alice, "a.md", "# One\n\nThe axolotl.", "public");
        await service.IndexAsync(Alice, "a.md", "# One\n\nThe second axolotl.");
        await service.IndexAsync(Eve, "b.md", "The tapir.");

        var run = await SettledSweepAsync(service);

        run.Exit.ShouldBe(MaintenanceExit.Done);
        run.Lines.ShouldHaveSingleItem().ShouldBe("0 orphans found, 0 mended: looked at 2 documents and 2 chunks.");
    }

    [Fact]
    public async Task Sweep_EveryKindOfOrphan_IsCountedThenMended()
    {
        await using var service = await StartAsync("--Sweep:Grace=00:00:00");
        var documents = new List<DocumentInfo>();
        foreach (var name in new[] { "version", "missing", "access", "model", "fine" })
            documents.Add(await service.IndexAsync(Alice, $"{name}.md", $"About the {name} animal.", "group:finance"));
        await SettledSweepAsync(service);
        await MakeOrphansAsync(service, documents);
        OrphanKind[] kinds = [.. Enum.GetValues<OrphanKind>().Except([OrphanKind.DamagedManifest, OrphanKind.PathInOtherForm])];
        var before = Snapshot(service.DataPath);

        var dry = await Verbs.RunAsync(service.DataPath, "sweep", "--dry-run");

        dry.Exit.ShouldBe(MaintenanceExit.Found);
        foreach (var kind in kinds)
            dry.Lines.ShouldContain(line => line.Contains($"{kind} ", StringComparison.Ordinal) && line.EndsWith("       1        0", StringComparison.Ordinal), kind.ToString());
        dry.Lines[^1].ShouldStartWith($"{kinds.Length} orphans found, 0 mended (dry run)");
        Snapshot(service.DataPath).ShouldBe(before);

        using var counted = new MetricCollector<int>(service.App.Services.GetRequiredService<IMeterFactory>(), Telemetry.Name, Telemetry.Metrics.Orphans);
        var wet = await Verbs.RunAsync(service.DataPath, "sweep");

        wet.Exit.ShouldBe(MaintenanceExit.Found);
        wet.Lines[^1].ShouldStartWith($"{kinds.Length} orphans found, {kinds.Length} mended", Case.Sensitive, string.Join('\n', wet.Lines));
        counted.GetMeasurementSnapshot().Select(measurement => (measurement.Tags[Telemetry.Tags.Kind], measurement.Value))
            .ShouldBe(kinds.Select(kind => ((object?)kind.ToString(), 1)), ignoreOrder: true);
        (await Verbs.RunAsync(service.DataPath, "sweep")).Exit.ShouldBe(MaintenanceExit.Done);
        (await service.SearchAsync(Alice, "animal")).Select(chunk => (chunk.Path, chunk.Version)).ShouldBe(documents.Select(document => (document.Path, 1)), ignoreOrder: true);
        (await service.SearchAsync(Bob, "animal")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Sweep_ManifestDamaged_IsNamedAndItsOriginalStays()
    {
        await using var service = await StartAsync("--Sweep:Grace=00:00:00");
        var info = await service.IndexAsync(Alice, "a.md", "The axolotl.", "public");
        await SettledSweepAsync(service);
        var manifest = Path.Combine(service.DataPath, "blobs", "tenants", "acme", "documents", info.Id, "manifest.json");
        await File.WriteAllTextAsync(manifest, "{", Cancellation);

        var run = await Verbs.RunAsync(service.DataPath, "sweep");

        run.Exit.ShouldBe(MaintenanceExit.Found);
        run.Lines[0].ShouldContain("restore it from a backup");
        run.Lines[^1].ShouldStartWith("1 orphans found, 0 mended");
        Directory.GetFiles(service.OriginalsOf("acme")).ShouldHaveSingleItem();
        (await service.SearchAsync(Bob, "axolotl")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Sweep_YoungLeftovers_AreLeftAlone()
    {
        await using var service = await StartAsync();
        await service.IndexAsync(Alice, "a.md", "The axolotl.", "public");
        await service.App.Services.GetRequiredService<IOriginalStore>().WriteAsync("acme", new MemoryStream([1]), 1, Cancellation);
        await File.WriteAllTextAsync(Path.Combine(service.DataPath, "tmp", "upload"), "half", Cancellation);

        (await SettledSweepAsync(service)).Exit.ShouldBe(MaintenanceExit.Done);
        Directory.GetFiles(service.OriginalsOf("acme")).Length.ShouldBe(2);
    }

    private static async Task MakeOrphansAsync(IngestionService service, List<DocumentInfo> documents)
    {
        var manifests = service.App.Services.GetRequiredService<IManifestStore>();
        var originals = service.App.Services.GetRequiredService<IOriginalStore>();
        var contents = service.App.Services.GetRequiredService<IContentStore>();
        var index = service.App.Services.GetRequiredService<IChunkIndexWriter>();
        var lives = new List<string>();
        foreach (var document in documents)
            lives.Add((await manifests.FindAsync("acme", document.Id, Cancellation))!.Manifest.Incarnation);
        var stray = new IndexedDocument(
            "acme", Nobody, Nobody, 1, "x", "x", new DocumentProperties(DocumentProperties.Upload, "txt", "en", Date: null, Tags: []), ["group:finance"], FakeEmbeddings.Model, [new ChunkEntry(0, "a stray animal", "", null, new float[8].Select((_, i) => i + 1f).ToArray())]);

        await index.ReplaceAsync(stray, Cancellation);
        await index.ReplaceAsync(stray with { DocumentId = documents[0].Id, Incarnation = lives[0], Version = 9 }, Cancellation);
        await index.RemoveAsync("acme", [documents[1].Id], Cancellation);
        await index.ReplaceAsync(stray with { DocumentId = documents[2].Id, Incarnation = lives[2], Access = ["public"] }, Cancellation);
        await index.ReplaceAsync(stray with { DocumentId = documents[3].Id, Incarnation = lives[3], Model = "other" }, Cancellation);
        await originals.WriteAsync("acme", new MemoryStream([1]), 1, Cancellation);
        await contents.WriteAsync(new VersionId("acme", Nobody, Nobody, 3), new DocumentContent("t", "en", []), Cancellation);
        await contents.WriteVectorsAsync(new VersionId("acme", documents[4].Id, lives[4], 1), new DocumentVectors("other", 1, []), Cancellation);
        Directory.CreateDirectory(Path.Combine(service.DataPath, "index", "acme", "77"));
        await File.WriteAllTextAsync(Path.Combine(service.DataPath, "tmp", "upload"), "half", Cancellation);
    }

    /// <summary>Runs a sweep after the last blobs of a superseded version have been removed.</summary>
    private static async Task<VerbRun> SettledSweepAsync(IngestionService service)
    {
        var documents = service.App.Services.GetRequiredService<IManifestStore>();
        var originals = service.App.Services.GetRequiredService<IOriginalStore>();
        var contents = service.App.Services.GetRequiredService<IContentStore>();
        await Eventually.HoldsAsync(async () =>
            await documents.ListAsync("acme", afterId: null, Cancellation).AllAsync(stored => stored.Manifest.Superseded.Count == 0, Cancellation));
        return await Verbs.RunAsync(service.DataPath, "sweep");
    }

    /// <summary>Every file of the document store and the index, with its content.</summary>
    private static Dictionary<string, string> Snapshot(string dataPath) =>
        new[] { "blobs", "index", "tmp" }
            .SelectMany(folder => Directory.GetFiles(Path.Combine(dataPath, folder), "*", SearchOption.AllDirectories))
            .Where(file => Path.GetFileName(file) != "write.lock")
            .ToDictionary(file => file, file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))), StringComparer.Ordinal);
}
