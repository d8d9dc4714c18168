using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Documents;
using RagApp.Ingestion.Maintenance;
using RagApp.Storage.Documents.Manifests;
using RagApp.Tests.TestServices.S3;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion.Maintenance.Backups;

/// <summary>A restore brings the index back with the rights of today, and refuses what is no whole backup of this installation.</summary>
public sealed class RestoreFromBackupTests
{
    [Fact]
    public async Task Restore_IndexLost_TodaysRightsAndWhatCameLater()
    {
        await using var scene = await BackupScene.StartAsync();
        var revoked = await scene.Service.IndexAsync(Alice, "revoked.md", "The animal that Bob may no longer read about.", "public");
        await scene.BackUpAsync();
        await scene.Service.Documents.SetAccessAsync(Alice, revoked.Id, new AccessChange(["user:alice"]), Cancellation);
        await scene.Service.IndexAsync(Bob, "late.md", "The late animal came after the backup.", "public");
        await scene.LoseIndexAsync();
        (await scene.PathsAsync(Alice)).ShouldBeEmpty();

        var run = await scene.RunAsync("restore");

        run.Exit.ShouldBe(MaintenanceExit.Found, run.End.Text);
        run.Lines[0].ShouldContain("1 documents got their current access list, and 0 were removed");
        run.Lines[^1].ShouldStartWith("1 orphans found, 1 mended"); // the late document
        (await scene.PathsAsync(Alice)).ShouldBe(["alice.md", "everyone.md", "late.md", "revoked.md"]);
        (await scene.PathsAsync(Bob)).ShouldBe(["everyone.md", "late.md"]);
        (await scene.PathsAsync(Eve)).ShouldBe(["other.md"]);
        Directory.EnumerateFileSystemEntries(scene.ScratchRoot).ShouldBeEmpty();
    }

    [Fact]
    public async Task Restore_NothingChanged_EveryScoreIsAsBefore()
    {
        await using var scene = await BackupScene.StartAsync();
        var before = await ScoresAsync(scene);
        before.Count.ShouldBe(2);
        await scene.BackUpAsync();
        await scene.LoseIndexAsync();

        (await scene.RunAsync("restore")).Exit.ShouldBe(MaintenanceExit.Done);

        (await ScoresAsync(scene)).ShouldBe(before);
    }

    [Fact]
    public async Task Restore_FromABucket_TheIndexIsBack()
    {
        await using var server = await S3StandIn.StartAsync(Cancellation);
        await using var scene = await BackupScene.StartAsync(
            ["--Backup:Folder=", .. server.Settings.Select(setting => setting.Replace("--Storage:S3:", "--Backup:S3:", StringComparison.Ordinal))]);
        await scene.BackUpAsync();
        await scene.LoseIndexAsync();

        var drill = await scene.RunAsync("drill");
        var run = await scene.RunAsync("restore");

        drill.Exit.ShouldBe(MaintenanceExit.Done, drill.End.Text);
        run.Exit.ShouldBe(MaintenanceExit.Done, run.End.Text);
        (await scene.PathsAsync(Alice)).ShouldBe(["alice.md", "everyone.md"]);
    }

    [Theory]
    [InlineData("changed", "damaged, was changed, or is cut off")]
    [InlineData("cut off", "cut off")]
    [InlineData("missing", "lacks its file")]
    [InlineData("exchanged", "damaged, was changed, or is cut off")]
    public async Task Restore_AnyFileDamaged_IsRefusedAndTheIndexIsAsItWas(string damage, string sentence)
    {
        await using var scene = await BackupScene.StartAsync();
        var id = await scene.BackUpAsync();
        await scene.Service.IndexAsync(Alice, "late.md", "The late animal came after the backup.", "public");
        var files = scene.FilesOf(id);

        foreach (var file in (string[])[files[0], files[1], files[2], files[^3], files[^2]]) // archives of the store, files of the index
        {
            var bytes = await File.ReadAllBytesAsync(file, Cancellation);
            Damage(damage, file, bytes, files);
            var run = await scene.RunAsync("restore");
            run.Exit.ShouldBe(MaintenanceExit.Failed, file);
            run.End.Text.ShouldContain(sentence);
            run.End.Text.ShouldContain("Nothing was changed");
            await File.WriteAllBytesAsync(file, bytes, Cancellation);
        }
        (await scene.PathsAsync(Alice)).ShouldBe(["alice.md", "everyone.md", "late.md"]);
        (await scene.RunAsync("restore")).Exit.ShouldBe(MaintenanceExit.Found, "the backup is whole again");
    }

    [Fact]
    public async Task Restore_CutOffBackup_TheOneBeforeIsTakenAndTheNamedOneRefused()
    {
        await using var scene = await BackupScene.StartAsync();
        var whole = await scene.BackUpAsync();
        scene.Service.Time.Forward(TimeSpan.FromMinutes(1));
        var cut = await scene.BackUpAsync();
        File.Delete(scene.FilesOf(cut)[^1]);

        var named = await scene.RunAsync("restore", "--backup", cut);
        var newest = await scene.RunAsync("restore");

        named.Exit.ShouldBe(MaintenanceExit.Failed);
        named.End.Text.ShouldContain("was cut off");
        newest.Exit.ShouldBe(MaintenanceExit.Done, newest.End.Text);
        newest.Lines[0].ShouldContain(whole);
    }

    [Fact]
    public async Task Restore_NoBackupOrAnUnknownOne_SaysSo()
    {
        await using var scene = await BackupScene.StartAsync();

        (await scene.RunAsync("restore")).End.Text.ShouldStartWith("There is no whole backup in ");
        var id = await scene.BackUpAsync();
        var unknown = await scene.RunAsync("restore", "--backup", "20200101T000000000Z-00000000");
        unknown.End.Text.ShouldStartWith("There is no backup 20200101T000000000Z-00000000");
        unknown.End.Text.ShouldContain(id);
    }

    [Fact]
    public async Task Restore_OtherKey_SaysSo_AndTheOldKeyReadsIt()
    {
        var (old, current) = (BackupScene.NewKey(), BackupScene.NewKey());
        await using var scene = await BackupScene.StartAsync($"--Backup:Key={old}");
        await scene.BackUpAsync();

        await using (var other = await IngestionService.StartAsync($"--Backup:Folder={scene.Place}", $"--Backup:Key={current}"))
        {
            var run = await Verbs.RunAsync(other.DataPath, "restore");
            run.Exit.ShouldBe(MaintenanceExit.Failed);
            run.End.Text.ShouldStartWith("The backup was encrypted with another key: configure that one as Backup:Key, or among Backup:OldKeys. Nothing was changed");
            run.End.Text.ShouldNotContain(current);
        }
        await using var both = await IngestionService.StartAsync($"--Backup:Folder={scene.Place}", $"--Backup:Key={current}", $"--Backup:OldKeys:0={old}");
        (await Verbs.RunAsync(both.DataPath, "restore")).Lines.ShouldContain(line => line.StartsWith("The index is back from ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Restore_BackupOfAnotherInstallation_IsRefused()
    {
        await using var scene = await BackupScene.StartAsync();
        var id = await scene.BackUpAsync();
        var foreign = Path.Combine(scene.Place, "blobs", "backups", "foreign", id);
        Directory.CreateDirectory(foreign);
        foreach (var file in scene.FilesOf(id))
            File.Copy(file, Path.Combine(foreign, Path.GetFileName(file)));

        await using var other = await IngestionService.StartAsync($"--Backup:Folder={scene.Place}", "--Backup:Installation=foreign", $"--Backup:Key={KeyOf(scene)}");
        var run = await Verbs.RunAsync(other.DataPath, "restore");

        run.Exit.ShouldBe(MaintenanceExit.Failed);
        run.End.Text.ShouldContain("is damaged, was changed, or is cut off");
    }

    [Fact]
    public async Task Restore_StoreIsLostAsWell_DocumentsAreBack()
    {
        await using var scene = await BackupScene.StartAsync("--Backup:Documents=true");
        await scene.BackUpAsync();
        await scene.Service.RestartAsync(() =>
        {
            Directory.Delete(Path.Combine(scene.Service.DataPath, "index"), recursive: true);
            Directory.Delete(Path.Combine(scene.Service.DataPath, "blobs"), recursive: true);
            return Task.CompletedTask;
        });

        var run = await scene.RunAsync("restore", "--documents");
        run.Exit.ShouldBe(MaintenanceExit.Done, run.End.Text);
        await scene.Service.RestartAsync();

        run.Lines.ShouldContain(line => line.StartsWith("acme: ", StringComparison.Ordinal) && line.EndsWith("records are back in the document store.", StringComparison.Ordinal));
        (await scene.PathsAsync(Alice)).ShouldBe(["alice.md", "everyone.md"]);
        (await scene.PathsAsync(Bob)).ShouldBe(["everyone.md"]);
        (await scene.Service.Documents.ListAsync(Eve, new(), null, null, Cancellation)).Documents.Select(document => document.Path).ShouldBe(["other.md"]);
    }

    [Fact]
    public async Task Restore_StoreIsLostAndNotAskedFor_WarnsAndTheSecondRunBringsItBack()
    {
        await using var scene = await BackupScene.StartAsync("--Backup:Documents=true");
        await scene.BackUpAsync();
        (await scene.RunAsync("restore")).Lines.ShouldAllBe(line => !line.StartsWith("Warning", StringComparison.Ordinal));
        await scene.Service.RestartAsync(() =>
        {
            Directory.Delete(Path.Combine(scene.Service.DataPath, "blobs"), recursive: true);
            return Task.CompletedTask;
        });

        var run = await scene.RunAsync("restore");
        run.Lines[0].ShouldStartWith("Warning: the document store has no document of acme, globex, and the backup has some.");
        run.Lines[0].ShouldContain("maintenance restore --documents");

        (await scene.RunAsync("restore", "--documents")).Exit.ShouldBe(MaintenanceExit.Done);
        await scene.Service.RestartAsync();
        (await scene.PathsAsync(Alice)).ShouldBe(["alice.md", "everyone.md"]);
    }

    [Fact]
    public async Task Restore_TenantHasDocuments_ADeletedOneDoesNotComeBack()
    {
        await using var scene = await BackupScene.StartAsync("--Backup:Documents=true");
        var deleted = await scene.Service.IndexAsync(Alice, "deleted.md", "The animal that was deleted.", "public");
        await scene.BackUpAsync();
        await scene.Service.Documents.DeleteAsync(Alice, deleted.Id, Cancellation);

        var run = await scene.RunAsync("restore", "--documents");

        run.Lines.ShouldContain("acme: has documents, so that nothing was put back.");
        (await scene.PathsAsync(Alice)).ShouldBe(["alice.md", "everyone.md"]);
        (await scene.Service.App.Services.GetRequiredService<IManifestStore>().FindAsync("acme", deleted.Id, Cancellation)).ShouldBeNull();
    }

    private static void Damage(string damage, string file, byte[] bytes, IReadOnlyList<string> files)
    {
        switch (damage)
        {
            case "changed":
                File.WriteAllBytes(file, [.. bytes[..(bytes.Length / 2)], (byte)(bytes[bytes.Length / 2] ^ 1), .. bytes[((bytes.Length / 2) + 1)..]]);
                break;
            case "cut off":
                File.WriteAllBytes(file, bytes[..^5]);
                break;
            case "missing":
                File.Delete(file);
                break;
            default:
                File.Copy(files.First(other => other != file), file, overwrite: true);
                break;
        }
    }

    private static string KeyOf(BackupScene scene) => scene.Service.App.Configuration["Backup:Key"]!;

    /// <summary>Keyword scores of what Alice finds, by path.</summary>
    private static async Task<IReadOnlyDictionary<string, double>> ScoresAsync(BackupScene scene) =>
        (await scene.Service.SearchAsync(Alice, new RagApp.Storage.Index.ChunkQuery("secret animal company", null, null, 20))).Keyword
            .ToDictionary(found => found.Chunk.Path, found => found.Score, StringComparer.Ordinal);
}
