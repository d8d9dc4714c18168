using System.CommandLine;
using System.Globalization;
using RagApp.Ingestion.Chunking;
using ParseResult = System.CommandLine.ParseResult;
using RagApp.Parsing;

namespace RagApp.Benchmarks.Chunking;

/// <summary>The verb <c>chunking</c>: processor time of chunking worst-case texts, by text length.</summary>
internal static class ChunkingCommand
{
    private const int Million = 1_000_000;

    private static readonly Option<double> Most = new("--most")
    {
        Description = "Leaves out texts of more than M million characters.",
        HelpName = "M",
        DefaultValueFactory = _ => 10,
    };

    private static readonly int[] Lengths = [Million / 10, Million, 10 * Million];

    public static Command Create()
    {
        var command = new Command(
            "chunking",
            """
            Measures the processor time of cutting texts that are made to be slow, by their length.

            Cuts documents of 0.1, 1 and 10 million characters, and prints the processor time of each: what is linear takes
            ten times as long from one column to the next.
            """) { Most };
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    private static Task<int> RunAsync(ParseResult parsed)
    {
        var most = parsed.GetValue(Most) * Million;
        Print([.. Lengths.Where(length => length <= most)]);
        return Task.FromResult(0);
    }

    private static void Print(IReadOnlyList<int> lengths)
    {
        Cut(BadTexts.All["one line"](Million)); // warms up: compiles the code before the first measurement
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

    /// <summary>
    /// Chunks the blocks; returns the processor seconds and the number of passages, or <c>refused</c> when a limit was hit, as
    /// text.
    /// </summary>
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
