using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Identity;
using RagApp.Ingestion.Maintenance;
using RagApp.Storage.Backups;
using RagApp.Tests.TestServices;
using static RagApp.Tests.Ingestion.IngestionService;

namespace RagApp.Tests.Ingestion.Maintenance.Backups;

/// <summary>A service with a folder for backups, and three documents: for everyone, for Alice, and of another tenant.</summary>
internal sealed class BackupScene : IAsyncDisposable
{
    private readonly TemporaryFolder _place;

    private BackupScene(TemporaryFolder place, IngestionService service)
    {
        (_place, Service) = (place, service);
    }

    public IngestionService Service { get; }

    public string Place => _place.Path;

    public string ScratchRoot => Path.Combine(Service.DataPath, "backup");

    public BackupStore Store => Service.App.Services.GetRequiredService<BackupStore>();

    public static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public static async Task<BackupScene> StartAsync(params string[] settings) => await StartAsync(change: null, settings);

    public static async Task<BackupScene> StartAsync(Action<string, IServiceCollection>? change, params string[] settings)
    {
        var place = new TemporaryFolder();
        var service = await IngestionService.StartAsync(
            services => change?.Invoke(place.Path, services), [$"--Backup:Folder={place.Path}", $"--Backup:Key={NewKey()}", .. settings]);
        var scene = new BackupScene(place, service);
        await service.IndexAsync(Alice, "everyone.md", "The kept animal for everyone in the company.", "public");
        await service.IndexAsync(Alice, "alice.md", "The secret animal that only Alice may read about.", "user:alice");
        await service.IndexAsync(Eve, "other.md", "The animal of another tenant, which is a company of its own.", "group:staff");
        return scene;
    }

    public Task<VerbRun> RunAsync(string verb, params string[] args) => Verbs.RunAsync(Service.DataPath, verb, args);

    public async Task<string> BackUpAsync()
    {
        var run = await RunAsync("backup");
        run.Exit.ShouldBe(MaintenanceExit.Done, run.End.Text);
        return (await Store.ListAsync(Cancellation)).Last(backup => backup.IsWhole).Id;
    }

    /// <summary>Stops the service, removes its index, and starts it again.</summary>
    public Task LoseIndexAsync() => Service.RestartAsync(() =>
    {
        Directory.Delete(Path.Combine(Service.DataPath, "index"), recursive: true);
        return Task.CompletedTask;
    });

    /// <summary>The files of a backup, the record last.</summary>
    public IReadOnlyList<string> FilesOf(string id) =>
        [.. Directory.EnumerateFiles(Path.Combine(Place, "blobs", "backups", "ragapp", id)).Order(StringComparer.Ordinal)];

    public async Task<IReadOnlyList<string>> PathsAsync(Principal principal) =>
        [.. (await Service.SearchAsync(principal, "animal")).Select(chunk => chunk.Path).Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        _place.Dispose();
    }
}
