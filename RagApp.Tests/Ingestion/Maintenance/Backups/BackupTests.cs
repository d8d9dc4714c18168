using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RagApp.Ingestion.Maintenance;
using RagApp.Storage.Backups;
using RagApp.Storage.Blobs;
using RagApp.Storage.FileSystem;

namespace RagApp.Tests.Ingestion.Maintenance.Backups;

/// <summary>A backup is whole or none: made while the service runs, encrypted, and removed by age and number.</summary>
public sealed class BackupTests
{
    private const int NoSpace = 28;

    [Fact]
    public async Task Backup_OfTheRunningService_IsEncryptedAndLeavesNoFilesBehind()
    {
        await using var scene = await BackupScene.StartAsync();

        var id = await scene.BackUpAsync();

        var record = await scene.Store.ReadRecordAsync(id, Cancellation);
        record.Index.ShouldBe("lucene");
        record.Files.Count(file => file.Path.StartsWith("store/", StringComparison.Ordinal)).ShouldBe(2);
        record.Files.ShouldContain(file => file.Path == "index/snapshot.json");
        scene.FilesOf(id).Count.ShouldBe(record.Files.Count + 1);
        foreach (var file in scene.FilesOf(id))
        {
            var text = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Cancellation));
            text.ShouldStartWith("RAGBAK01");
            text.ShouldNotContain("animal");
            text.ShouldNotContain("alice");
        }
        Directory.EnumerateFileSystemEntries(scene.ScratchRoot).ShouldBeEmpty();
    }

    [Fact]
    public async Task Backup_NoPlaceOrNoKey_SaysWhatToSet()
    {
        await using (var service = await IngestionService.StartAsync())
            (await Verbs.RunAsync(service.DataPath, "backup")).End.Text.ShouldStartWith("There is no place for backups: set Backup:Folder");

        await using var scene = await BackupScene.StartAsync("--Backup:Key=");
        var run = await scene.RunAsync("backup");
        run.Exit.ShouldBe(MaintenanceExit.Failed);
        run.End.Text.ShouldStartWith("Backup:Key is missing");
    }

    [Theory]
    [InlineData("Backup:Key", "c2hvcnQ=", "Backup:Key is not 32 bytes as Base64")]
    [InlineData("Backup:OldKeys:0", "c2hvcnQ=", "One of Backup:OldKeys is not 32 bytes as Base64")]
    [InlineData("Backup:Folder", "relative", "Backup:Folder is 'relative', a relative path")]
    [InlineData("Backup:Keep", "0", "Backup:Keep lies between 1 and 1,000.")]
    [InlineData("Backup:Installation", "../other", "Backup:Installation is a name of letters")]
    [InlineData("Backup:S3:Bucket", "backups", "Backup:S3:Bucket is set, but Backup:S3:Endpoint is not")]
    public void Options_WrongSetting_AreRefusedWithASentence(string key, string value, string sentence)
    {
        using var services = new ServiceCollection().AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(key, (string?)value), KeyValuePair.Create("Storage:DataPath", (string?)"/data")]).Build())
            .AddBackups().BuildServiceProvider();

        var failure = Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        failure.Message.ShouldContain(sentence);
        failure.Message.ShouldNotContain("c2hvcnQ=");
    }

    [Fact]
    public async Task Backup_DiskFull_KeepsNothingAndTheOlderOneStays()
    {
        Exception? fault = null;
        await using var scene = await BackupScene.StartAsync((place, services) => PutFails(services, place, key => key.EndsWith("/000004", StringComparison.Ordinal) ? fault : null));
        var older = await scene.BackUpAsync();
        fault = new IOException("No space left on device", NoSpace);

        var run = await scene.RunAsync("backup");

        run.Exit.ShouldBe(MaintenanceExit.Failed);
        run.End.Text.ShouldStartWith("There is no room left in ");
        run.End.Text.ShouldContain("nothing of this backup was kept, and older ones are as they were");
        (await scene.Store.ListAsync(Cancellation)).ShouldBe([new BackupEntry(older, IsWhole: true)]);
        Directory.EnumerateFileSystemEntries(scene.ScratchRoot).ShouldBeEmpty();
    }

    [Fact]
    public async Task Backup_Cancelled_KeepsNothing()
    {
        using var cancelling = new CancellationTokenSource();
        await using var scene = await BackupScene.StartAsync((place, services) => PutFails(services, place, key =>
        {
            if (key.EndsWith("/000003", StringComparison.Ordinal))
                cancelling.Cancel();
            return null;
        }));
        var runner = scene.Service.App.Services.GetRequiredService<MaintenanceRunner>();

        var end = await runner.RunAsync("backup", VerbArguments.None, "a test", new Progress<VerbUpdate>(), cancelling.Token);

        end.Exit.ShouldBe(MaintenanceExit.Cancelled);
        (await scene.Store.ListAsync(Cancellation)).ShouldBeEmpty();
        Directory.EnumerateFileSystemEntries(scene.ScratchRoot).ShouldBeEmpty();
    }

    [Fact]
    public async Task Backup_KilledBefore_ItsFilesAreRemovedByALaterOne()
    {
        await using var scene = await BackupScene.StartAsync();
        var killed = await scene.BackUpAsync();
        File.Delete(scene.FilesOf(killed)[^1]); // the record
        Directory.CreateDirectory(Path.Combine(scene.ScratchRoot, "work-left"));

        await scene.BackUpAsync();
        (await scene.Store.ListAsync(Cancellation)).Select(backup => backup.IsWhole).ShouldBe([false, true], "it may still be in progress");
        scene.Service.Time.Forward(TimeSpan.FromHours(25));
        var newest = await scene.BackUpAsync();

        (await scene.Store.ListAsync(Cancellation)).Select(backup => (backup.IsWhole, backup.Id == killed)).ShouldBe([(true, false), (true, false)]);
        newest.ShouldNotBe(killed);
        Directory.EnumerateFileSystemEntries(scene.ScratchRoot).ShouldBeEmpty();
    }

    [Fact]
    public async Task Backup_MoreThanKept_TheOldestIsRemoved()
    {
        await using var scene = await BackupScene.StartAsync("--Backup:Keep=2");
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add(await scene.BackUpAsync());
            scene.Service.Time.Forward(TimeSpan.FromMinutes(1));
        }

        (await scene.Store.ListAsync(Cancellation)).Select(backup => backup.Id).ShouldBe(ids[1..]);
    }

    [Fact]
    public async Task Backup_OlderThanKept_IsRemovedButNeverTheNewest()
    {
        await using var scene = await BackupScene.StartAsync("--Backup:KeepFor=1.00:00:00");
        var old = await scene.BackUpAsync();
        scene.Service.Time.Forward(TimeSpan.FromDays(2));
        (await scene.Store.PruneAsync(Cancellation)).ShouldBeEmpty();

        var newest = await scene.BackUpAsync();

        (await scene.Store.ListAsync(Cancellation)).ShouldBe([new BackupEntry(newest, IsWhole: true)]);
        newest.ShouldNotBe(old);
    }

    /// <summary>Lets writes of backups fail when the test says so.</summary>
    private static void PutFails(IServiceCollection services, string place, Func<string, Exception?> fault) =>
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<BackupStore>(
            provider, new Lazy<IBlobStore>(() => new FailingPlace(new FileBlobStore(place, TimeProvider.System), fault))));

    private sealed class FailingPlace(IBlobStore inner, Func<string, Exception?> fault) : IBlobStore
    {
        public async Task<string> PutAsync(string key, Stream content, BlobCondition condition, CancellationToken cancellationToken) =>
            fault(key) is { } failure ? throw failure : await inner.PutAsync(key, content, condition, cancellationToken);

        public Task<Stream?> ReadAsync(string key, CancellationToken cancellationToken) => inner.ReadAsync(key, cancellationToken);

        public Task<Blob?> OpenAsync(string key, CancellationToken cancellationToken) => inner.OpenAsync(key, cancellationToken);

        public Task<DateTimeOffset?> FindWrittenAtAsync(string key, CancellationToken cancellationToken) => inner.FindWrittenAtAsync(key, cancellationToken);

        public Task DeleteAsync(string key, CancellationToken cancellationToken) => inner.DeleteAsync(key, cancellationToken);

        public IAsyncEnumerable<string> ListAsync(string prefix, string? after, CancellationToken cancellationToken) => inner.ListAsync(prefix, after, cancellationToken);
    }
}
