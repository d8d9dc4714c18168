using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using RagApp.Ingestion.Parsing.Members;

namespace RagApp.Ingestion.Parsing.Child;

/// <summary>
/// The verb <c>parse</c>: reads one file in this process, which is bounded before it opens the file. The service
/// starts it for every document; people run it to see what comes out of a file.
/// </summary>
internal static class ParseCommand
{
    public const string Verb = "parse";

    private const int UsageError = 64;

    public static int Run(string[] args)
    {
        if (args.Contains("--help") || args.Contains("-h"))
        {
            Console.Out.WriteLine(ParseArguments.Help);
            return 0;
        }
        if (ParseArguments.Read(args, out var error) is not { } arguments)
        {
            Console.Error.WriteLine(error);
            Console.Error.WriteLine(ParseArguments.Help);
            return UsageError;
        }

        if (arguments.EndWithParent)
            ParentWatch.Start();
        ProcessLimits.Apply(arguments.MemoryMiB, arguments.CpuSeconds);

        if (arguments.Members)
            return PrintMembers(arguments.File);

        var result = Read(arguments.File, arguments.WithMembers ? new MemberReading() : null) with { PeakMemory = PeakMemory() };
        if (arguments.Json)
            PrintJson(result);
        else
            ResultPrinter.Print(result);
        return (int)result.Outcome;
    }

    private static ParseResult Read(string path, IMemberSink? sink)
    {
        try
        {
            using var file = File.OpenRead(path);
            return FileReader.Read(file, Path.GetFileName(path), sink);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ParseResult.Without(ParseOutcome.Refused, $"The file cannot be opened: {exception.Message}");
        }
    }

    private static int PrintMembers(string path)
    {
        using var output = new BufferedStream(Console.OpenStandardOutput(), 128 * 1024);
        var frames = new MemberFrameWriter(output);
        var result = Read(path, frames);
        frames.End(result with { Blocks = [] });
        return (int)result.Outcome;
    }

    private static long PeakMemory()
    {
        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64;
    }

    /// <summary>Not escaped beyond what JSON needs: it goes into a pipe, not into a page.</summary>
    private static void PrintJson(ParseResult result)
    {
        using var output = Console.OpenStandardOutput();
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        JsonSerializer.Serialize(writer, result, ParsingJson.Default.ParseResult);
    }
}
