using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

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

        var result = Read(arguments.File);
        if (arguments.Json)
            PrintJson(result);
        else
            PrintText(result);
        return (int)result.Outcome;
    }

    private static ParseResult Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return FileReader.Read(file, Path.GetFileName(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ParseResult.Without(ParseOutcome.Refused, $"The file cannot be opened: {exception.Message}");
        }
    }

    /// <summary>Not escaped beyond what JSON needs: it goes into a pipe, not into a page.</summary>
    private static void PrintJson(ParseResult result)
    {
        using var output = Console.OpenStandardOutput();
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        JsonSerializer.Serialize(writer, result, ParsingJson.Default.ParseResult);
    }

    private static void PrintText(ParseResult result)
    {
        using var output = new StreamWriter(Console.OpenStandardOutput());
        foreach (var line in Describe(result))
            output.WriteLine(line);
        foreach (var block in result.Blocks)
        {
            output.WriteLine();
            output.WriteLine(block.Kind switch
            {
                BlockKind.Heading => $"{new string('#', block.Level)} {block.Text}",
                BlockKind.ListItem => $"- {block.Text}",
                _ => block.Text,
            });
        }
    }

    private static IEnumerable<string> Describe(ParseResult result)
    {
        yield return $"status: {result.Outcome switch { ParseOutcome.Text => "text", ParseOutcome.Refused => "refused", _ => "limit hit" }}";
        if (result.Reason is { } reason)
            yield return $"reason: {reason}";
        if (result.ContentType.Length > 0)
            yield return $"type: {result.ContentType}";
        if (result.Properties.Title is { } title)
            yield return $"title: {title}";
        if (result.Properties.Author is { } author)
            yield return $"author: {author}";
        if (result.Properties.Created is { } created)
            yield return string.Create(CultureInfo.InvariantCulture, $"created: {created:u}");
        if (result.Properties.Modified is { } modified)
            yield return string.Create(CultureInfo.InvariantCulture, $"modified: {modified:u}");
        if (result.Blocks.Max(block => block.Page) is { } pages)
            yield return string.Create(CultureInfo.InvariantCulture, $"pages: {pages}");
        foreach (var warning in result.Warnings)
            yield return $"warning: {warning}";
        foreach (var member in result.Members)
            yield return string.Create(CultureInfo.InvariantCulture, $"member {member.Number}: {member.Name}");
    }
}
