using System.CommandLine;
using System.Globalization;

namespace RagApp.Benchmarks.Leaks;

/// <summary>The verb <c>leaks</c>: looks for a way in which somebody is shown what this person may not read.</summary>
internal static class LeaksCommand
{
    private const int MostCases = 100_000_000;
    private const int FirstDocuments = 60;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private static readonly Option<int> Cases = VerbOptions.Number("--cases", "Cases to decide at least.", 100_000, least: 1, MostCases);
    private static readonly Option<int> Seed = VerbOptions.Number("--seed", "Number that documents, people's choices and changes are made from.", 1, least: 0);
    private static readonly Option<string?> Json = VerbOptions.Text("--json", "FILE", "Also write the result as JSON.");

    public static Command Create()
    {
        var command = new Command(
            "leaks",
            """
            Looks for ways in which people are shown documents that they may not read.

            Starts all services in this process, with the embedded model and stores in a folder that is removed in the end. Documents of three tenants have words that stand
            nowhere else. They are uploaded, shared, revoked, replaced, copied, renamed, held in quarantine, released, deleted and indexed anew, while people join
            and leave groups. After every change people search, ask, list, read, download, mistype and try to change, by every route for reading that the gateway
            describes; one gateway answers by quotes, another by a model that repeats all it was given but its instructions. A word in a reply to somebody who may not meet it at that
            moment is a leak, and so is a word in logs, traces or metrics, or a count that changes with documents of others.

            One request decides many cases: each document with something hidden from the person that could have been in the reply is a case. "Aimed" are the
            cases whose request asks for that very document.

            Exit code 1: a leak, a word that a reader should have been shown and was not, or a failed request.
            """) { Cases, Seed, Json };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var search = await LeakSearch.StartAsync(parsed.GetValue(Seed), FirstDocuments, cancellationToken);
        await using (search)
            await search.RunAsync(parsed.GetValue(Cases), new LeakProgress(Pause, TimeProvider.System), cancellationToken);
        var tally = search.Tally;
        foreach (var example in tally.Examples)
            Console.WriteLine(example);
        foreach (var line in tally.Table())
            Console.WriteLine(line);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"failed requests: {tally.Failures}; seed {parsed.GetValue(Seed)}"));
        if (parsed.GetValue(Json) is { } file)
            await File.WriteAllTextAsync(file, tally.ToJson().ToJsonString(), cancellationToken);
        return tally.IsClean ? 0 : 1;
    }
}

/// <summary>Prints the number of cases from time to time.</summary>
internal sealed class LeakProgress(TimeSpan pause, TimeProvider time) : IProgress<long>
{
    private long _printed = time.GetTimestamp();

    public void Report(long value)
    {
        if (time.GetElapsedTime(_printed) < pause)
            return;
        _printed = time.GetTimestamp();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{value:N0} cases"));
    }
}
