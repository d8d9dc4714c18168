using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using RagApp.Ingestion.Maintenance;
using RagApp.Ingestion.Maintenance.Backups;
using RagApp.Storage.Index;
using RagApp.Tests.TestServices;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion.Maintenance.Backups;

/// <summary>A drill proves that the newest backup can be restored, and finds one that cannot; the index that answers is never touched.</summary>
public sealed class DrillTests
{
    [Fact]
    public async Task Drill_WholeBackup_PassesAndTheIndexIsNotTouched()
    {
        await using var scene = await BackupScene.StartAsync();
        var id = await scene.BackUpAsync();
        await scene.Service.IndexAsync(Alice, "late.md", "The late animal came after the backup.", "public");
        var index = FilesOfIndex(scene);

        var run = await scene.RunAsync("drill");

        run.Exit.ShouldBe(MaintenanceExit.Done, run.End.Text + string.Join('\n', run.Lines));
        run.Lines[0].ShouldBe("acme: 2 documents with 2 passages are the same, 0 changed since, 2 searched, 0 differences.");
        run.Lines[1].ShouldStartWith("globex: 1 documents with 1 passages are the same");
        run.Lines[^1].ShouldStartWith($"Backup {id} can be restored: tried in ");
        FilesOfIndex(scene).ShouldBe(index);
        (await scene.PathsAsync(Alice)).ShouldBe(["alice.md", "everyone.md", "late.md"]);
        Directory.EnumerateFileSystemEntries(scene.ScratchRoot).ShouldBeEmpty();
        var result = (await scene.Store.FindDrillAsync(Cancellation)).ShouldNotBeNull();
        (result.Backup, result.Passed).ShouldBe((id, true));
    }

    [Fact]
    public async Task Drill_DocumentsChangedSince_AreNoDifferences()
    {
        await using var scene = await BackupScene.StartAsync();
        var deleted = await scene.Service.IndexAsync(Alice, "deleted.md", "The animal that was deleted.", "public");
        await scene.BackUpAsync();
        await scene.Service.Documents.DeleteAsync(Alice, deleted.Id, Cancellation);
        await scene.Service.IndexAsync(Alice, "everyone.md", "The animal in a new version.", "public");

        var run = await scene.RunAsync("drill");

        run.Exit.ShouldBe(MaintenanceExit.Done, run.End.Text + string.Join('\n', run.Lines));
        run.Lines[0].ShouldContain("0 differences");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(-1)]
    public async Task Drill_DamagedFile_FailsAndSaysSo(int at)
    {
        await using var scene = await BackupScene.StartAsync();
        var id = await scene.BackUpAsync();
        var file = scene.FilesOf(id)[at < 0 ? ^1 : at];
        var bytes = await File.ReadAllBytesAsync(file, Cancellation);
        bytes[^3] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Cancellation);

        var run = await scene.RunAsync("drill");

        run.Exit.ShouldBe(MaintenanceExit.Failed);
        run.End.Text.ShouldStartWith("The drill failed: ");
        run.End.Text.ShouldContain("is damaged, was changed, or is cut off");
        (await scene.Store.FindDrillAsync(Cancellation)).ShouldNotBeNull().Passed.ShouldBeFalse();
        (await scene.PathsAsync(Alice)).ShouldBe(["alice.md", "everyone.md"]);
    }

    [Fact]
    public async Task Drill_IndexLackedADocumentWhenItWasSaved_Differs()
    {
        await using var scene = await BackupScene.StartAsync();
        var lost = await scene.Service.IndexAsync(Alice, "lost.md", "The animal that the index has lost.", "public");
        await scene.Service.App.Services.GetRequiredService<IChunkIndexWriter>().RemoveAsync("acme", [lost.Id], Cancellation);
        await scene.BackUpAsync();

        var run = await scene.RunAsync("drill");

        run.Exit.ShouldBe(MaintenanceExit.Found);
        run.Lines.ShouldContain($"acme: document {lost.Id} is not in the copy as it is in the store (VersionNotIndexed).");
        (await scene.Store.FindDrillAsync(Cancellation)).ShouldNotBeNull().Passed.ShouldBeFalse();
    }

    [Fact]
    public async Task Drill_RightsInTheIndexWereWider_Differs()
    {
        await using var scene = await BackupScene.StartAsync();
        var secret = await scene.Service.IndexAsync(Alice, "secret.md", "The animal with wrong rights.", "user:alice");
        await scene.Service.App.Services.GetRequiredService<IChunkIndexWriter>().ChangeAccessAsync("acme", [secret.Id], ["public"], Cancellation);
        await scene.BackUpAsync();

        var run = await scene.RunAsync("drill");

        run.Exit.ShouldBe(MaintenanceExit.Found);
        run.Lines.ShouldContain($"acme: document {secret.Id} is not in the copy as it is in the store (AccessDiffers).");
    }

    [Fact]
    public async Task Drill_StoredOriginalIsDamaged_Differs()
    {
        await using var scene = await BackupScene.StartAsync();
        await scene.BackUpAsync();
        foreach (var original in Directory.GetFiles(scene.Service.OriginalsOf("globex")))
            await File.WriteAllTextAsync(original, "something else", Cancellation);

        var run = await scene.RunAsync("drill");

        run.Exit.ShouldBe(MaintenanceExit.Found);
        run.Lines.ShouldContain(line => line.StartsWith("globex: document ", StringComparison.Ordinal) && line.Contains("checksum does not match"));
    }

    [Fact]
    public async Task Drill_NoBackup_FailsAndIsCountedAsFailed()
    {
        await using var scene = await BackupScene.StartAsync();

        (await scene.RunAsync("drill")).End.Text.ShouldStartWith("The drill failed: There is no whole backup in ");

        (await scene.Store.FindDrillAsync(Cancellation)).ShouldNotBeNull().Passed.ShouldBeFalse();
    }

    [Fact]
    public async Task Metrics_OfThePlaceOfBackups_SayAgeAndResult()
    {
        await using var scene = await BackupScene.StartAsync();
        var meters = Meters.Factory();
        var telemetry = new Telemetry(meters, scene.Service.Time);
        using var watch = new BackupWatch(scene.Store, telemetry, scene.Service.Time, NullLogger<BackupWatch>.Instance);
        using var age = new MetricCollector<double>(meters, Telemetry.Name, Telemetry.Metrics.Age);
        using var drillAge = new MetricCollector<double>(meters, Telemetry.Name, Telemetry.Metrics.DrillAge);
        using var failed = new MetricCollector<double>(meters, Telemetry.Name, Telemetry.Metrics.DrillFailed);
        using var duration = new MetricCollector<double>(meters, Telemetry.Name, Telemetry.Metrics.DrillDuration);

        Measured(age).ShouldBeNull("nothing was looked at yet");
        await watch.LookAsync(Cancellation);
        Measured(age).ShouldBe(double.PositiveInfinity);
        Measured(drillAge).ShouldBe(double.PositiveInfinity);
        Measured(failed).ShouldBeNull();

        await scene.BackUpAsync();
        await scene.RunAsync("drill");
        await watch.LookAsync(Cancellation);
        scene.Service.Time.Forward(TimeSpan.FromHours(30));

        Measured(age).ShouldNotBeNull().ShouldBeInRange(30 * 3600, 31 * 3600);
        Measured(drillAge).ShouldNotBeNull().ShouldBeInRange(30 * 3600, 31 * 3600);
        Measured(failed).ShouldBe(0);
        Measured(duration).ShouldNotBeNull().ShouldBeGreaterThan(0);
    }

    private static double? Measured(MetricCollector<double> collector)
    {
        collector.RecordObservableInstruments();
        var measured = collector.LastMeasurement?.Value;
        collector.Clear();
        return measured;
    }

    /// <summary>The files of the index with their times; the generation that the drill adds beside it is gone again.</summary>
    private static List<(string, DateTime, long)> FilesOfIndex(BackupScene scene) =>
    [
        .. new DirectoryInfo(Path.Combine(scene.Service.DataPath, "index")).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => (file.FullName, file.LastWriteTimeUtc, file.Length)).Order(),
    ];
}
