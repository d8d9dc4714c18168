using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using RagApp.Benchmarks.Answers;
using RagApp.Benchmarks.Retrieval;
using RagApp.Embedding.Reading;

namespace RagApp.Benchmarks.Calibration;

/// <summary>The verb <c>calibrate</c>: fits the calibration of the reader over sets with answers, and measures it on sets that were left out of the fit.</summary>
internal static class CalibrateCommand
{
    private static readonly Option<DirectoryInfo> Data = VerbOptions.Data("A set with answers (corpus.jsonl, queries.jsonl, qrels.tsv, answers.jsonl), or a folder of sets.");
    private static readonly Option<string?> Sets = VerbOptions.Text("--sets", "A,B", "Only these sets.");
    private static readonly Option<int> Sample = VerbOptions.Number("--sample", "At most so many questions of each kind in a set, evenly spread; 100 by default.", 100, least: 2);
    private static readonly Option<string?> LeaveOut = VerbOptions.LeaveOut();
    private static readonly Option<string?> Output = VerbOptions.Text("--output", "FILE", "The calibration to write, such as a model folder's reader-calibration.json; none is written by default.");
    private static readonly Option<string> Cache = VerbOptions.EmbeddedTextFile();

    public static Command Create()
    {
        var command = new Command(
            "calibrate",
            """
            Fits the calibration of the reader, and measures it on sets that were left out of the fit.

            Puts the questions of each set to the real search, reads the best passages, and fits by logistic regression the
            probability that the best span of a passage is a right answer. Questions of the half of the documents that is left
            out, and those of unanswerable.jsonl, have no right one. Every set weighs the same. Prints for each set the log
            loss (lower is better) and the AUC of a fit over the other sets, and the log loss with an offset of the set's own,
            found on one half of its questions and measured on the other: only a clear gain speaks for languages apart.
            """) { Data, Sets, Sample, LeaveOut, Output, Cache };
        command.SetAction((parsed, cancellation) => RunAsync(parsed, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var sets = AnswerSet.ReadAll(parsed.GetRequiredValue(Data).FullName, parsed.GetValue(Sets), parsed.GetValue(LeaveOut));
        var cache = parsed.GetRequiredValue(Cache);
        using var reader = new CachedReader(cache);
        await using var search = await RetrievalBench.StartAsync(cache, IndexChoice.SettingsFor("lucene"));
        var examples = new CalibrationExamples(search, reader, parsed.GetRequiredValue(Sample));
        var bySet = new List<(string Set, IReadOnlyList<JudgedSpan> Examples)>();
        foreach (var set in sets)
            bySet.Add((set.Name, await examples.OfAsync(set, cancellationToken)));

        CalibrationReport.Print(Console.Out, bySet, reader.Calibration);
        var fitted = LogisticFit.Over([.. bySet.Select(set => set.Examples)]).ToCalibration(reader.Id);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"fitted over all: answerable {fitted.Answerable:0.###}, margin {fitted.Margin:0.###}, offset {fitted.Offset:0.###}"));
        if (parsed.GetValue(Output) is { } file)
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(fitted, CalibrationJson.Default.ReaderCalibration) + "\n", cancellationToken);
        return 0;
    }
}
