using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Identity;
using RagApp.Ingestion.Catalogue;
using RagApp.Ingestion.Documents;
using RagApp.Ingestion.Intake;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Manifests;

namespace RagApp.Benchmarks.Lists;

/// <summary>The verb <c>lists</c>: cost of a page of the document list, from the catalogue and by reading all manifests, in one run.</summary>
internal static class ListsCommand
{
    private const int PageSize = 100;
    private const int Repetitions = 30;

    private static readonly Option<int[]> Documents = VerbOptions.Numbers(
        "--documents", "Documents of the tenant.", [100, 10_000, 100_000], least: 100, most: 1_000_000);

    public static Command Create()
    {
        var command = new Command(
            "lists",
            """
            Measures what a page of the list of documents costs, by the catalogue and by reading every manifest.

            Writes manifests into a real folder (TMPDIR says below which), makes the catalogue, and reads pages of 100:
            processor time of each, the median of 30, and of the full scan that lists went by before.
            """) { Documents };
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed)
    {
        foreach (var count in parsed.GetRequiredValue(Documents))
            await MeasureAsync(count);
        return 0;
    }

    private static async Task MeasureAsync(int count)
    {
        var data = Directory.CreateTempSubdirectory("ragapp-lists-").FullName;
        try
        {
            await using var services = Build(data);
            var documents = services.GetRequiredService<IManifestStore>();
            var catalogue = services.GetRequiredService<DocumentCatalogue>();
            var listing = services.GetRequiredService<DocumentListing>();
            await MadeDocuments.FillAsync(documents, count);
            Say($"{count:N0} documents:");
            Say($"  making the catalogue: {await ProcessorAsync(() => catalogue.HealAsync(MadeDocuments.OfTen.Tenant, CancellationToken.None)):N0} ms of processor time");
            await CompareAsync(documents, listing, "reader of everything, of 1,001 lists", MadeDocuments.OfEverything);
            await CompareAsync(documents, listing, "reader of half of them, of 1 list", MadeDocuments.OfStaff);
            await CompareAsync(documents, listing, "reader of 10 documents", MadeDocuments.OfTen);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task CompareAsync(IManifestStore documents, DocumentListing listing, string name, Principal reader)
    {
        IReadOnlyList<string> scanned = [];
        var scan = await ProcessorAsync(async () => scanned = await FullScan.ListAsync(documents, reader, PageSize));
        var first = await listing.ListAsync(reader, null, new(), null, PageSize, CancellationToken.None);
        if (!first.Documents.Select(info => info.Path).SequenceEqual(scanned, StringComparer.Ordinal))
            throw new InvalidOperationException($"The catalogue and the scan differ for the {name}.");
        var page = await PageAsync(listing, reader, new());
        var byDate = await PageAsync(listing, reader, new(Sort: DocumentListFilter.ByDate, Order: DocumentListFilter.Descending));
        var deep = await PageAsync(listing, reader, new(), await DeepAsync(listing, reader));
        var named = await PageAsync(listing, reader, new(Name: "DOCUMENT 000042"));
        Say($"  {name}, {scanned.Count} on the page: scan {scan:N1} ms; catalogue: first page {page:N1} ms, newest first {byDate:N1} ms, a page deep inside {deep:N1} ms, a name that one has {named:N1} ms");
    }

    /// <summary>Cursor of the page that is 20 pages into the list, or of the last page when the list is shorter.</summary>
    private static async Task<string?> DeepAsync(DocumentListing listing, Principal reader)
    {
        string? place = null;
        for (var page = 0; page < 20; page++)
        {
            if ((await listing.ListAsync(reader, null, new(), place, PageSize, CancellationToken.None)).Next is not { } next)
                break;
            place = next;
        }
        return place;
    }

    private static async Task<double> PageAsync(DocumentListing listing, Principal reader, DocumentListFilter filter, string? after = null)
    {
        var times = new List<double>();
        for (var repetition = 0; repetition < Repetitions; repetition++)
            times.Add(await ProcessorAsync(() => listing.ListAsync(reader, null, filter, after, PageSize, CancellationToken.None)));
        times.Sort();
        return times[Repetitions / 2];
    }

    /// <summary>Processor time that this process spends on <paramref name="work"/>, in milliseconds.</summary>
    private static async Task<double> ProcessorAsync(Func<Task> work)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        await work();
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds;
    }

    private static ServiceProvider Build(string data)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Storage:DataPath", data)]).Build());
        services.AddLogging();
        services.AddDocumentStore();
        services.AddSingleton<InheritedAccess>().AddSingleton<DocumentCatalogue>().AddSingleton<DocumentListing>();
        return services.BuildServiceProvider();
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
