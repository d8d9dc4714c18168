using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Benchmarks.Texts;
using RagApp.Contracts.Identity;
using RagApp.Ingestion.Documents;
using RagApp.Ingestion.Maintenance;
using RagApp.Ingestion.Maintenance.Rebuild;
using RagApp.Ingestion.Processing;
using RagApp.Storage;
using RagApp.Storage.Access;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Contents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Index;

namespace RagApp.Benchmarks.Rebuild;

/// <summary>
/// The verb <c>rebuild</c>: speed of rebuilding an index from the document store, and the latency of searches before and
/// during the rebuild. The searches run one at a time in the same process.
/// </summary>
internal static class RebuildCommand
{
    public static Command Create()
    {
        var command = new Command("rebuild", "Builds an index of 20,000 chunks anew, and asks questions before and meanwhile.");
        command.SetAction((_, _) => RunAsync());
        return command;
    }

    private static async Task<int> RunAsync()
    {
        var data = Directory.CreateTempSubdirectory("ragapp-rebuild-").FullName;
        try
        {
            await using var services = Build(data);
            await FilledStore.FillAsync(services.GetRequiredService<IManifestStore>(), services.GetRequiredService<IContentStore>());
            await RebuildAsync(services);
            using var before = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            var alone = await AskAsync(services, before.Token);

            using var during = new CancellationTokenSource();
            var asking = AskAsync(services, during.Token);
            var took = await RebuildAsync(services);
            await during.CancelAsync();
            var meanwhile = await asking;

            Print($"{FilledStore.Chunks:N0} chunks rebuilt in {took.TotalSeconds:N1} s: {FilledStore.Chunks / took.TotalSeconds:N0} chunks/s on {Environment.ProcessorCount} processors, questions meanwhile");
            Print($"question, nothing else runs: p50 {alone[alone.Count / 2]:N1} ms, p95 {alone[alone.Count * 95 / 100]:N1} ms ({alone.Count:N0} asked)");
            Print($"question during the rebuild: p50 {meanwhile[meanwhile.Count / 2]:N1} ms, p95 {meanwhile[meanwhile.Count * 95 / 100]:N1} ms, most {meanwhile[^1]:N1} ms ({meanwhile.Count:N0} asked, every one answered)");
            return 0;
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static ServiceProvider Build(string data)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Storage:DataPath", data)]).Build());
        services.AddLogging();
        services.AddDocumentStore().AddChunkIndexWriter().AddChunkIndex();
        services.AddSingleton<InheritedAccess>().AddSingleton<IndexEntries>().AddSingleton<DocumentLocks>().AddSingleton<IndexBuilder>();
        return services.BuildServiceProvider();
    }

    private static async Task<TimeSpan> RebuildAsync(IServiceProvider services)
    {
        var contents = services.GetRequiredService<IContentStore>();
        var result = await services.GetRequiredService<IndexBuilder>().RunAsync(
            FilledStore.Tenant, FilledStore.Model, FilledStore.Dimension,
            (manifest, version, _, token) => contents.ReadVectorsAsync(manifest.IdOf(version), FilledStore.Model, token),
            new Progress<VerbUpdate>(), CancellationToken.None);
        return result.Took;
    }

    /// <summary>Runs searches one at a time until cancelled; returns their times in milliseconds, shortest first.</summary>
    /// <exception cref="InvalidOperationException">A search did not return both the keyword list and the vector list.</exception>
    private static Task<List<double>> AskAsync(IServiceProvider services, CancellationToken until) => Task.Run(async () =>
    {
        var index = services.GetRequiredService<IChunkIndex>();
        var filter = AccessFilter.For(new Principal(FilledStore.Tenant, "alice", [], [], Region: null));
        var vector = new RandomText(seed: 2).Vector(FilledStore.Dimension);
        var times = new List<double>();
        while (!until.IsCancellationRequested)
        {
            var started = Stopwatch.GetTimestamp();
            var found = await index.SearchAsync(new ChunkQuery(RandomText.Question, vector, FilledStore.Model, 100), filter, CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            if (found.Keyword.Count == 0 || found.Semantic.Count != 100)
                throw new InvalidOperationException($"A question found {found.Keyword.Count} chunks by words and {found.Semantic.Count} by meaning.");
        }
        times.Sort();
        return times;
    });

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
