using System.Globalization;
using RagApp.Ingestion.Chunking;
using RagApp.Ingestion.Parsing;

namespace RagApp.Benchmarks.Chunking;

/// <summary>The verb <c>chunking</c>: processor time of cutting texts that are made to be slow, by their length.</summary>
internal static class ChunkingCommand
{
    public const string Verb = "chunking";

    private const int UsageError = 64;
    private const int Million = 1_000_000;

    private const string Help = """
        usage: chunking [--most M]

        Cuts documents that are made to be slow, of 0.1, 1 and 10 million characters, and prints the processor
        time of each: what is linear takes ten times as long from one column to the next.

          --most M  leaves out those of more than M million characters (default: 10)
        """;

    private static readonly int[] Lengths = [Million / 10, Million, 10 * Million];

    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Contains("--help"))
        {
            Console.WriteLine(Help);
            return 0;
        }
        try
        {
            var most = VerbOptions.Read(args, "--most")["--most"] ?? "10";
            if (!double.TryParse(most, NumberStyles.Float, CultureInfo.InvariantCulture, out var millions))
                throw new UsageException($"'--most {most}' is no number.");
            Print([.. Lengths.Where(length => length <= millions * Million)]);
            return 0;
        }
        catch (UsageException exception)
        {
            await Console.Error.WriteLineAsync($"{exception.Message}\n{Help}");
            return UsageError;
        }
    }

    private static void Print(IReadOnlyList<int> lengths)
    {
        Cut(BadTexts.All["one line"](Million)); // compiles
        Console.WriteLine($"| text | {string.Join(" | ", lengths.Select(length => string.Create(CultureInfo.InvariantCulture, $"{(double)length / Million} M")))} |");
        Console.WriteLine($"|---|{string.Concat(lengths.Select(_ => "---|"))}");
        foreach (var (name, make) in BadTexts.All)
        {
            Console.Write($"| {name} |");
            foreach (var length in lengths)
                Console.Write($" {Cut(make(length))} |");
            Console.WriteLine();
        }
    }

    /// <summary>Seconds, and passages where there are some.</summary>
    private static string Cut(IReadOnlyList<TextBlock> blocks)
    {
        GC.Collect();
        var started = Environment.CpuUsage.TotalTime;
        string passages;
        try
        {
            passages = Chunker.Cut("A title", blocks).Count.ToString("N0", CultureInfo.InvariantCulture);
        }
        catch (ParseLimitException)
        {
            passages = "refused";
        }
        return string.Create(CultureInfo.InvariantCulture, $"{(Environment.CpuUsage.TotalTime - started).TotalSeconds:0.00} s ({passages})");
    }
}
