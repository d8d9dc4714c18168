using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Search;
using RagApp.Storage;
using RagApp.Storage.Documents;
using RagApp.Storage.Index;

namespace RagApp.Benchmarks.Archives;

/// <summary>
/// The baseline: each document is rewritten in the index to change its access list, and removed by a separate call. Only index
/// work is measured.
/// </summary>
internal static class OneByOne
{
    private const string Tenant = "bench";
    private const string Model = "instant";

    private static readonly float[] Vector = [1, .. new float[383]];

    public static async Task RunAsync(int documents, TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("ragapp-archives-");
        try
        {
            await using var services = Build(folder.FullName);
            var index = services.GetRequiredService<IChunkIndexWriter>();
            await using (var build = await services.GetRequiredService<IIndexGenerations>().BuildAsync(Tenant, Model, Vector.Length, CancellationToken.None))
            {
                for (var number = 0; number < documents; number++)
                    await build.ReplaceAsync(Document(number, "public"), CancellationToken.None);
                await build.SwitchAsync(CancellationToken.None);
            }
            var changed = await MeasureAsync(documents, number => index.ReplaceAsync(Document(number, "user:bench"), CancellationToken.None));
            var removed = await MeasureAsync(documents, number => index.RemoveAsync(Tenant, [Id(number)], CancellationToken.None));
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"baseline, one index write per document: access of {documents:N0} documents changed in {changed:0.0} s, removed in {removed:0.0} s"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<double> MeasureAsync(int documents, Func<int, Task> write)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var number = 0; number < documents; number++)
            await write(number);
        return TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }

    private static IndexedDocument Document(int number, string access) => new(
        Tenant, Id(number), Id(number), 1, $"all.zip/{number}.txt", $"{number}.txt",
        new DocumentProperties(DocumentProperties.Upload, DocumentTypes.Text, "en", TimeProvider.System.GetUtcNow(), []),
        [access], Model, [new ChunkEntry(0, ArchivesCommand.TextOf(number), "", null, Vector)]);

    private static string Id(int number) => DocumentIds.For(Tenant, $"all.zip/{number}.txt");

    private static ServiceProvider Build(string data)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Storage:DataPath", data)]).Build());
        services.AddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddChunkIndexWriter();
        return services.BuildServiceProvider();
    }
}
