using System.CommandLine;

namespace RagApp.Benchmarks.Index;

/// <summary>The verb <c>index</c>: size, build time, recall and latency of the embedded index, at several index sizes.</summary>
internal static class IndexCommand
{
    private static readonly Option<DirectoryInfo> Data = VerbOptions.Data("A folder of sets (corpus.jsonl, queries.jsonl, qrels.tsv).");
    private static readonly Option<int[]> Chunks = VerbOptions.Numbers("--chunks", "Sizes of the index.", [10_000, 100_000, 1_000_000], least: 100);
    private static readonly Option<int> Questions = VerbOptions.Number("--questions", "How many questions of the sets, evenly spread, and half as many of frequent words.", 100, least: 100);
    private static readonly Option<string?> Folder = VerbOptions.Text("--folder", "DIR", "Where the index is made, 3 kB per chunk; by default below the system's temporary folder.");

    public static Command Create()
    {
        var command = new Command(
            "index",
            """
            Measures size, recall and time of the embedded index at several sizes, and for who may read how much.

            Builds an index of each size as a tenant of its own, from sentences of the sets and vectors that lie as those
            of sentence models do, and searches it as people who may read 1, 4, 20 and 100 % of it: recall@10 of the dense
            list against an exact one, and the time of the keyword list, the dense list and both, without the question's
            embedding. Questions are asked one at a time, each computed on one core, after a first round to warm up; of
            several rounds the quickest time of each question counts. Times are p50 / p95 by the clock and, in brackets, of the
            processor, which other work on the machine does not lengthen. At the end the smallest tenant again, beside the others.
            """) { Data, Chunks, Questions, Folder };
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed)
    {
        var text = new RealText(parsed.GetRequiredValue(Data).FullName);
        var parent = parsed.GetValue(Folder) is { } named ? Directory.CreateDirectory(named).FullName : Path.GetTempPath();
        var folder = Directory.CreateDirectory(Path.Combine(parent, "ragapp-index-" + Path.GetRandomFileName()));
        try
        {
            await RunAsync(new IndexBench(folder.FullName, text, parsed.GetValue(Questions)), [.. parsed.GetRequiredValue(Chunks).Order()]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        return 0;
    }

    private static async Task RunAsync(IndexBench bench, List<int> sizes)
    {
        foreach (var size in sizes)
        {
            await bench.BuildAsync(size);
            await bench.MeasureAsync(size);
        }
        if (sizes.Count > 1)
        {
            Console.WriteLine("the smallest again, beside the others:");
            await bench.MeasureAsync(sizes[0]);
        }
    }
}
