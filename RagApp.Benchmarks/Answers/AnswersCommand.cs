using System.CommandLine;
using RagApp.Benchmarks.Retrieval;

namespace RagApp.Benchmarks.Answers;

/// <summary>
/// The verb <c>answers</c>: measures how often the quotes contain the answer, and how well unanswerable questions are
/// rejected.
/// </summary>
internal static class AnswersCommand
{
    private static readonly Option<DirectoryInfo> Data = VerbOptions.Data("A set (corpus.jsonl, queries.jsonl, qrels.tsv, answers.jsonl), or a folder of sets.");
    private static readonly Option<string?> Sets = VerbOptions.Text("--sets", "A,B", "Only these sets.");
    private static readonly Option<int> Sample = VerbOptions.Number("--sample", "At most so many questions of each kind, evenly spread; all by default.", int.MaxValue, least: 1);
    private static readonly Option<int> Timed = VerbOptions.Number("--timed", "So many answers of each set are timed one by one, with empty caches; 50 by default, 0 for none.", 50, least: 0);
    private static readonly Option<string?> Foreign = VerbOptions.Text("--foreign", "SET", "The set of the same folder whose questions are about something else; cranfield by default.");
    private static readonly Option<string?> LeaveOut = VerbOptions.LeaveOut();
    private static readonly Option<bool> WithoutReader = new("--without-reader") { Description = "Answer as without a reader: quote single sentences." };
    private static readonly Option<string?> Losses = VerbOptions.Text("--losses", "FILE", "Write the questions whose answer is in no quote to this file.");
    private static readonly Option<string> Cache = VerbOptions.EmbeddedTextFile();

    public static Command Create()
    {
        var command = new Command(
            "answers",
            """
            Measures how often the quotes hold the answer, and how well questions without one are told.

            Puts the questions of each set that has answers to the real search over the real index, lets the extractive
            answerer choose its quotes, and prints in how many the first 1, 2 and 3 hold the answer, and how well it
            tells questions without an answer: adversarial ones (unanswerable.jsonl), those of a set about something else,
            and those about the half of the documents that is left out. Time is that of the machine as it is.
            """) { Data, Sets, Sample, Timed, Foreign, LeaveOut, WithoutReader, Losses, Cache };
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed)
    {
        var data = parsed.GetRequiredValue(Data).FullName;
        var sets = AnswerSet.ReadAll(data, parsed.GetValue(Sets), parsed.GetValue(LeaveOut));
        var foreign = Path.Combine(data, parsed.GetValue(Foreign) ?? "cranfield");

        var cache = parsed.GetRequiredValue(Cache);
        using var reader = parsed.GetValue(WithoutReader) ? null : new CachedReader(cache);
        await using var search = await RetrievalBench.StartAsync(cache, IndexChoice.SettingsFor("lucene"));
        using var bench = new AnswerBench(search, reader);
        await using var losses = parsed.GetValue(Losses) is { } file ? File.CreateText(file) : TextWriter.Null;
        var measured = new AnswerMeasurement(search, bench, Directory.Exists(foreign) ? EvaluationSet.Read(foreign) : null, parsed.GetRequiredValue(Sample), parsed.GetRequiredValue(Timed), losses);
        foreach (var set in sets)
            (await measured.OfAsync(set)).Print(Console.Out, bench.Threshold);
        return 0;
    }
}
