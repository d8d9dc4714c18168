using System.Globalization;
using RagApp.Parsing;
using RagApp.Parsing.Members;

namespace RagApp.Ingestion.Parsing.Command;

/// <summary>Prints a result for people.</summary>
internal static class ResultPrinter
{
    public static void Print(ParseResult result)
    {
        using var output = new StreamWriter(Console.OpenStandardOutput());
        Print(result, output);
    }

    private static void Print(ParseResult result, TextWriter output)
    {
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
        foreach (var member in result.Members)
            PrintInside(member, output);
    }

    private static void PrintInside(DocumentMember member, TextWriter output)
    {
        if (member.Result is not { } result)
            return;
        output.WriteLine();
        output.WriteLine($"==> {member.Name}");
        Print(result, output);
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
        if (result.PeakMemory > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"memory: {result.PeakMemory >> 20} MiB");
        foreach (var warning in result.Warnings)
            yield return $"warning: {warning}";
        foreach (var member in result.Members)
            yield return string.Create(CultureInfo.InvariantCulture, $"member {member.Number}: {member.Name}");
    }
}
