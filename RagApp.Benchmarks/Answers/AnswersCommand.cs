using System.Globalization;
using RagApp.Benchmarks.Retrieval;

namespace RagApp.Benchmarks.Answers;

/// <summary>The verb <c>answers</c>: whether the sentences that are quoted hold the answer, and whether questions without one are told.</summary>
internal static class AnswersCommand
{
    public const string Verb = "answers";

    private const int UsageError = 64;
    private const int TimedQuestions = 100;

    private const string Help = """
        usage: answers --data DIR [--sets A,B] [--sample N] [--foreign SET] [--cache DIR]

        Puts the questions of each set that has answers to the real search over the real index, lets the extractive
        answerer choose its sentences, and prints in how many the first 1, 2 and 3 hold the answer, and how well it
        tells questions without an answer: adversarial ones (unanswerable.jsonl), those of a set about something else,
        and those about the half of the documents that is left out. Time is that of the machine as it is.

          --data DIR      a set (corpus.jsonl, queries.jsonl, qrels.tsv, answers.jsonl), or a folder of sets
          --sets A,B      only these sets
          --sample N      at most so many questions of each kind, evenly spread; all by default
          --foreign SET   the set of the same folder whose questions are about something else; cranfield by default
          --cache DIR     where vectors are kept from run to run, so that a text is embedded once;
                          by default a folder below the system's temporary one
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
            var options = VerbOptions.Read(args, "--data", "--sets", "--sample", "--foreign", "--cache");
            var sample = ReadSample(options["--sample"]);
            var data = options.Folder("--data");
            var wanted = options["--sets"]?.Split(',');
            var folders = EvaluationSet.FoldersIn(data).Where(AnswerSet.IsOne)
                .Where(folder => wanted is null || wanted.Contains(Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)))).ToList();
            if (folders.Count == 0)
                throw new UsageException("There is no such set with answers.");
            var foreign = Path.Combine(data, options["--foreign"] ?? "cranfield");
            await MeasureAsync(folders, Directory.Exists(foreign) ? foreign : null, sample,
                options["--cache"] ?? Path.Combine(Path.GetTempPath(), "ragapp-vectors"));
            return 0;
        }
        catch (UsageException exception)
        {
            await Console.Error.WriteLineAsync($"{exception.Message}\n{Help}");
            return UsageError;
        }
    }

    private static int ReadSample(string? text) => text is null ? int.MaxValue
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new UsageException("--sample takes a number, at least 1.");

    private static async Task MeasureAsync(IReadOnlyList<string> folders, string? foreignFolder, int sample, string cache)
    {
        var foreign = foreignFolder is null ? null : EvaluationSet.Read(foreignFolder);
        await using var search = await RetrievalBench.StartAsync(cache, IndexChoice.SettingsFor("lucene"));
        using var bench = new AnswerBench(search);
        foreach (var folder in folders)
            (await MeasureAsync(search, bench, AnswerSet.Read(folder), foreign, sample)).Print(Console.Out, bench.Options.MinScore);
    }

    private static async Task<AnswerReport> MeasureAsync(
        RetrievalBench search, AnswerBench bench, AnswerSet set, EvaluationSet? foreign, int sample)
    {
        var (half, leftOut) = set.InHalf();
        var progress = new Progress<int>(done => Say($"{set.Name}: {done:N0} passages embedded"));
        await search.IndexAsync(set.Set, progress, CancellationToken.None);
        await search.IndexAsync(half, progress, CancellationToken.None);

        var questions = Spread(set.Set.Questions, sample);
        var answered = await AnswerAsync(bench, set.Name, [.. questions.Select(question => question.Text)]);
        var without = new List<(string Kind, IReadOnlyList<double> Confidence)>();
        if (foreign is not null)
            without.Add(($"about something else: {foreign.Name}", await ConfidenceAsync(bench, set.Name, Spread([.. foreign.Questions.Select(question => question.Text)], sample))));
        without.Add(("about the half left out", await ConfidenceAsync(bench, half.Name, Spread(leftOut, sample))));
        if (set.Unanswerable.Count > 0)
            without.Add(("adversarial", await ConfidenceAsync(bench, set.Name, Spread(set.Unanswerable, sample))));

        return new AnswerReport(
            set.Name,
            questions.Count,
            [.. Enumerable.Range(1, bench.Options.MaxSentences).Select(count => questions
                .Zip(answered, (question, found) => Containment.IsIn(found.Sentences.Take(count), set.Answers[question.Id])).Average(held => held ? 1.0 : 0))],
            [.. answered.Select(found => found.Confidence)],
            without,
            await bench.TimeAsync(set.Name, Spread(questions, TimedQuestions).Select(question => question.Text), CancellationToken.None));
    }

    private static async Task<IReadOnlyList<double>> ConfidenceAsync(AnswerBench bench, string documents, IReadOnlyList<string> questions) =>
        [.. (await AnswerAsync(bench, documents, questions)).Select(found => found.Confidence)];

    private static async Task<FoundSentences[]> AnswerAsync(AnswerBench bench, string documents, IReadOnlyList<string> questions)
    {
        const int ProgressStep = 200;
        var found = new FoundSentences[questions.Count];
        var done = 0;
        await Parallel.ForAsync(0, questions.Count, async (at, token) =>
        {
            found[at] = await bench.AnswerAsync(documents, questions[at], token);
            if (Interlocked.Increment(ref done) is var now && now % ProgressStep == 0)
                Say($"{documents}: {now:N0} of {questions.Count:N0} questions");
        });
        return found;
    }

    private static IReadOnlyList<T> Spread<T>(IReadOnlyList<T> all, int most) => all.Count <= most
        ? all
        : [.. Enumerable.Range(0, most).Select(at => all[(int)((long)at * all.Count / most)])];

    /// <summary>Progress goes where it does not mix with the result.</summary>
    private static void Say(FormattableString line) => Console.Error.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
