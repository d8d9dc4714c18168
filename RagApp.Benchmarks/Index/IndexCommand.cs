using System.Globalization;

namespace RagApp.Benchmarks.Index;

/// <summary>The verb <c>index</c>: size, build time, recall and latency of the embedded index, at several sizes.</summary>
internal static class IndexCommand
{
    public const string Verb = "index";

    private const int UsageError = 64;

    private const string Help = """
        usage: RagApp.Benchmarks index --data DIR [--chunks A,B] [--questions N] [--folder DIR]

        Builds an index of each size as a tenant of its own, from sentences of the sets and vectors that lie as those
        of sentence models do, and searches it as people who may read 1, 4, 20 and 100 % of it: recall@10 of the dense
        list against an exact one, and the time of the keyword list, the dense list and both, without the question's
        embedding. Questions are asked one at a time, each computed on one core, after a first round to warm up; of
        several rounds the quickest time of each question counts. Times are p50 / p95 by the clock and, in brackets, of the
        processor, which other work on the machine does not lengthen. At the end the smallest tenant again, beside the others.

          --data DIR      a folder of sets (corpus.jsonl, queries.jsonl, qrels.tsv)
          --chunks A,B    sizes; 10000,100000,1000000 by default
          --questions N   how many questions of the sets, evenly spread; 100 by default, and half as many of frequent words
          --folder DIR    where the index is made, 3 kB per chunk; by default below the system's temporary folder
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Contains("--help"))
        {
            Console.WriteLine(Help);
            return 0;
        }
        try
        {
            var options = VerbOptions.Read(args, "--data", "--chunks", "--questions", "--folder");
            var sizes = (options["--chunks"] ?? "10000,100000,1000000").Split(',').Select(text => Number(text, "--chunks")).Order().ToList();
            var text = new RealText(options.Folder("--data"));
            var parent = options["--folder"] is { } named ? Directory.CreateDirectory(named).FullName : Path.GetTempPath();
            var folder = Directory.CreateDirectory(Path.Combine(parent, "ragapp-index-" + Path.GetRandomFileName()));
            try
            {
                await RunAsync(new IndexBench(folder.FullName, text, Number(options["--questions"] ?? "100", "--questions")), sizes);
            }
            finally
            {
                folder.Delete(recursive: true);
            }
            return 0;
        }
        catch (UsageException exception)
        {
            await Console.Error.WriteLineAsync($"{exception.Message}\n{Help}");
            return UsageError;
        }
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

    private static int Number(string text, string option) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 100
            ? number
            : throw new UsageException($"{option} takes numbers, at least 100.");
}
