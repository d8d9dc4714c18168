using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Benchmarks.Rebuild;
using RagApp.Benchmarks.Services;
using RagApp.Contracts.Identity;
using RagApp.Ingestion.Maintenance;
using RagApp.Storage;
using RagApp.Storage.Access;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Contents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Index;

namespace RagApp.Benchmarks.Recovery;

/// <summary>
/// The verb <c>recovery</c>: times of a backup, and of coming back from it after a loss of the index, and of index and
/// document store, with the service's own maintenance verbs.
/// </summary>
internal static class RecoveryCommand
{
    private const string Index = "index";
    private const string Store = "blobs";

    public static Command Create()
    {
        var command = new Command("recovery", "Backs 20,000 chunks up, loses index and document store, and brings them back.");
        command.SetAction((_, _) => RunAsync());
        return command;
    }

    private static async Task<int> RunAsync()
    {
        var root = Directory.CreateTempSubdirectory("ragapp-recovery-").FullName;
        try
        {
            using var redis = new EmbeddedRedis();
            var data = Directory.CreateDirectory(Path.Combine(root, "data")).FullName;
            string[] settings =
            [
                $"--ConnectionStrings:redis={redis.ConnectionString}", $"--Identity:SigningKey={Convert.ToHexString(RandomNumberGenerator.GetBytes(32))}",
                $"--Backup:Folder={Path.Combine(root, "backup")}", $"--Backup:Key={Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}", "--Backup:Documents=true",
            ];
            await FillAsync(data);
            await MeasureAsync(data, settings);
            return 0;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static async Task MeasureAsync(string data, string[] settings)
    {
        Print("index built from the document store", await RunAsync("rebuild-index"));
        Print("backup, everything", await RunAsync("backup"));
        Lose(Index);
        Print("index lost: restore", await RunAsync("restore"));
        Lose(Index);
        Print("index lost: rebuild-index, without a backup", await RunAsync("rebuild-index"));
        Lose(Index, Store);
        Print("index and document store lost: restore --documents", await RunAsync("restore", "--documents"));
        await CheckAsync(data);

        async Task<TimeSpan> RunAsync(params string[] verb)
        {
            var started = Stopwatch.GetTimestamp();
            var exit = await MaintenanceCommand.RunAsync([.. verb, "--data", data, .. settings], MaintenanceVerbs.All, RagApp.Ingestion.Program.Build);
            return exit is MaintenanceExit.Done or MaintenanceExit.Found
                ? Stopwatch.GetElapsedTime(started)
                : throw new InvalidOperationException($"'{verb[0]}' ended with {exit.ToString(CultureInfo.InvariantCulture)}.");
        }

        void Lose(params string[] folders)
        {
            foreach (var folder in folders)
                Directory.Delete(Path.Combine(data, folder), recursive: true);
        }
    }

    private static async Task FillAsync(string data)
    {
        await using var services = Build(data);
        await FilledStore.FillAsync(services.GetRequiredService<IManifestStore>(), services.GetRequiredService<IContentStore>());
    }

    /// <exception cref="InvalidOperationException">Not every chunk is back.</exception>
    private static async Task CheckAsync(string data)
    {
        await using var services = Build(data);
        var count = await services.GetRequiredService<IChunkIndex>().CountAsync(
            narrowing: null, AccessFilter.For(new Principal(FilledStore.Tenant, "alice", [], [], Region: null)), CancellationToken.None);
        if (count != FilledStore.Chunks)
            throw new InvalidOperationException($"{count.ToString(CultureInfo.InvariantCulture)} chunks are back.");
    }

    private static ServiceProvider Build(string data)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Storage:DataPath", data)]).Build());
        services.AddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddDocumentStore().AddChunkIndex();
        return services.BuildServiceProvider();
    }

    private static void Print(string what, TimeSpan took) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"# {what}: {took.TotalSeconds:N1} s"));
}
