using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Documents;
using RagApp.Ingestion.Maintenance;
using RagApp.Ingestion.Maintenance.Snapshots;
using RagApp.Storage.Index;
using RagApp.Tests.Ingestion.Children;
using RagApp.Tests.TestServices;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion.Maintenance;

/// <summary>An index restored from a snapshot never answers with outdated access rights, not even before its sweep has finished.</summary>
public sealed class RestoreTests
{
    [Fact]
    public async Task Restore_BeforeAnySweep_NobodyFindsWhatHeMayNotReadByNow()
    {
        await using var service = await StartAsync();
        using var folder = new TemporaryFolder();
        await service.IndexAsync(Alice, "kept.md", "The kept animal.", "public");
        var revoked = await service.IndexAsync(Alice, "revoked.md", "The revoked animal.", "public");
        var granted = await service.IndexAsync(Alice, "granted.md", "The granted animal.", "user:alice");
        var deleted = await service.IndexAsync(Alice, "deleted.md", "The deleted animal.", "public");
        await service.IndexAsync(Alice, "replaced.md", "The replaced animal, which was a secret.", "public");
        var damaged = await service.IndexAsync(Alice, "damaged.md", "The damaged animal.", "public");
        await service.IndexAsync(Eve, "other.md", "The animal of another tenant.", "public");
        var snapshots = service.App.Services.GetRequiredService<IIndexSnapshots>();
        await snapshots.CreateAsync(folder.Path, Cancellation);

        await service.Documents.SetAccessAsync(Alice, revoked.Id, new AccessChange(["user:alice"]), Cancellation);
        await service.Documents.SetAccessAsync(Alice, granted.Id, new AccessChange(["group:staff"]), Cancellation);
        await service.Documents.DeleteAsync(Alice, deleted.Id, Cancellation);
        await service.IndexAsync(Alice, "replaced.md", "The new animal.", "public");
        await service.IndexAsync(Alice, "late.md", "The late animal.", "public");
        await File.WriteAllTextAsync(ManifestOf(service, damaged), "{", Cancellation);

        await using (var restored = await snapshots.RestoreAsync(folder.Path, Cancellation))
        {
            var access = service.App.Services.GetRequiredService<AccessOfToday>();
            (await access.ApplyAsync(restored, new Silent(), Cancellation)).ShouldBe((Changed: 2, Removed: 3));
            await restored.SwitchAsync(Cancellation);
        }

        (await PathsAsync(service, Alice)).ShouldBe(["kept.md", "revoked.md", "granted.md"], ignoreOrder: true);
        (await PathsAsync(service, Bob)).ShouldBe(["kept.md", "granted.md"], ignoreOrder: true);
        (await PathsAsync(service, Eve)).ShouldBe(["other.md"]);
    }

    [Fact]
    public async Task Restore_ManifestOfTheUploadIsDamaged_WhatCameOutOfItIsFoundByNobodyAndTheSweepNamesIt()
    {
        await using var service = await StartAsync();
        using var folder = new TemporaryFolder();
        await service.IndexAsync(Alice, "kept.md", "The kept animal.", "public");
        var mail = await ChildDocuments.UploadAsync(service, "mail.eml", MailFile.With("Animals", "The animal in the mail.", ("inside.txt", "The animal inside.")), "public");
        await service.IdleAsync();
        (await PathsAsync(service, Bob)).Count().ShouldBe(3);
        (await Verbs.RunAsync(service.DataPath, "snapshot-index", "--to", folder.Path)).Exit.ShouldBe(MaintenanceExit.Done);
        await File.WriteAllTextAsync(ManifestOf(service, mail), "{", Cancellation);

        var run = await Verbs.RunAsync(service.DataPath, "restore-index", "--from", folder.Path);

        run.Exit.ShouldBe(MaintenanceExit.Found, run.End.Text);
        run.Lines.ShouldContain(line => line.Contains("is damaged", StringComparison.Ordinal));
        (await PathsAsync(service, Bob)).ShouldBe(["kept.md"]);
    }

    [Fact]
    public async Task Restore_Verb_SaysWhatItChangedBeforeTheCopyAnswered()
    {
        await using var service = await StartAsync();
        using var folder = new TemporaryFolder();
        var revoked = await service.IndexAsync(Alice, "revoked.md", "The revoked animal.", "public");
        var damaged = await service.IndexAsync(Alice, "damaged.md", "The damaged animal.", "public");
        (await Verbs.RunAsync(service.DataPath, "snapshot-index", "--to", folder.Path)).Exit.ShouldBe(MaintenanceExit.Done);
        await service.Documents.SetAccessAsync(Alice, revoked.Id, new AccessChange(["user:alice"]), Cancellation);
        await File.WriteAllTextAsync(ManifestOf(service, damaged), "{", Cancellation);

        var run = await Verbs.RunAsync(service.DataPath, "restore-index", "--from", folder.Path);

        run.Exit.ShouldBe(MaintenanceExit.Found, run.End.Text);
        run.Lines[1].ShouldStartWith("Before searches used the copy, 1 documents in it got their current access list, and 1 were removed.");
        run.Lines[^1].ShouldStartWith("1 orphans found, 0 mended"); // the damaged manifest, which the sweep reports and does not change
        (await PathsAsync(service, Bob)).ShouldBeEmpty();
        (await PathsAsync(service, Alice)).ShouldBe(["revoked.md"]);
    }

    private static string ManifestOf(IngestionService service, DocumentInfo document) =>
        Path.Combine(service.DataPath, "blobs", "tenants", "acme", "documents", document.Id, "manifest.json");

    private static async Task<IEnumerable<string>> PathsAsync(IngestionService service, Contracts.Identity.Principal principal) =>
        (await service.SearchAsync(principal, "animal")).Select(chunk => chunk.Path);

    private sealed class Silent : IProgress<VerbUpdate>
    {
        public void Report(VerbUpdate value)
        {
        }
    }
}
