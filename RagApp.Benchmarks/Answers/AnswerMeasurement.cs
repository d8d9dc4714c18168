using System.Globalization;
using RagApp.Benchmarks.Retrieval;
using static RagApp.Benchmarks.Answers.Sampling;

namespace RagApp.Benchmarks.Answers;

/// <summary>Measures one question set after the other.</summary>
/// <param name="foreign">A set whose questions are about something else; null when there is none.</param>
/// <param name="sample">Largest number of questions of each kind.</param>
/// <param name="timed">Largest number of questions whose answers are timed; 0 for none.</param>
/// <param name="losses">Receives the questions whose answer is in no quote.</param>
internal sealed class AnswerMeasurement(RetrievalBench search, AnswerBench bench, EvaluationSet? foreign, int sample, int timed, TextWriter losses)
{
    public async Task<AnswerReport> OfAsync(AnswerSet set)
    {
        var (half, leftOut) = set.InHalf();
        var progress = new Progress<int>(done => Say($"{set.Name}: {done:N0} passages embedded"));
        await search.IndexAsync(set.Set, progress, CancellationToken.None);
        await search.IndexAsync(half, progress, CancellationToken.None);

        var questions = Spread(set.Set.Questions, sample);
        var answered = await AnswerAsync(set.Name, [.. questions.Select(question => question.Text)]);
        double[] contained =
        [
            .. Enumerable.Range(1, bench.Options.MaxQuotes).Select(count => questions
                .Zip(answered, (question, found) => Containment.IsIn(found.Quotes.Take(count), set.Answers[question.Id])).Average(held => held ? 1.0 : 0)),
        ];
        WriteLosses(set, questions, answered);
        Say($"{set.Name}: the answer is in the first quotes of {string.Join(", ", contained.Select(part => part.ToString("0.0 %", CultureInfo.InvariantCulture)))}");
        var without = new List<(string Kind, IReadOnlyList<double> Confidence)>();
        if (foreign is not null)
            without.Add(($"about something else: {foreign.Name}", await ConfidenceAsync(set.Name, Spread([.. foreign.Questions.Select(question => question.Text)], sample))));
        without.Add(("about the half left out", await ConfidenceAsync(half.Name, Spread(leftOut, sample))));
        if (set.Unanswerable.Count > 0)
            without.Add(("adversarial", await ConfidenceAsync(set.Name, Spread([.. set.Unanswerable.Select(question => question.Text)], sample))));

        return new AnswerReport(
            set.Name,
            questions.Count,
            contained,
            answered.Average(found => found.Quotes.Sum(quote => quote.Length)),
            [.. answered.Select(found => found.Confidence)],
            without,
            await bench.TimeAsync(set.Name, Spread(questions, timed).Select(question => question.Text), CancellationToken.None));
    }

    private void WriteLosses(AnswerSet set, IReadOnlyList<EvaluationQuestion> questions, FoundQuotes[] answered)
    {
        foreach (var (question, found) in questions.Zip(answered))
        {
            if (!Containment.IsIn(found.Quotes, set.Answers[question.Id]))
                losses.WriteLine($"{set.Name}\t{question.Id}\t{question.Text}\t{string.Join(" | ", set.Answers[question.Id])}\t{string.Join(" || ", found.Quotes).ReplaceLineEndings(" ")}");
        }
        losses.Flush();
    }

    private async Task<IReadOnlyList<double>> ConfidenceAsync(string documents, IReadOnlyList<string> questions) =>
        [.. (await AnswerAsync(documents, questions)).Select(found => found.Confidence)];

    private async Task<FoundQuotes[]> AnswerAsync(string documents, IReadOnlyList<string> questions)
    {
        const int ProgressStep = 200;
        var found = new FoundQuotes[questions.Count];
        var done = 0;
        await Parallel.ForAsync(0, questions.Count, async (at, token) =>
        {
            found[at] = await bench.AnswerAsync(documents, questions[at], token);
            if (Interlocked.Increment(ref done) is var now && now % ProgressStep == 0)
                Say($"{documents}: {now:N0} of {questions.Count:N0} questions");
        });
        return found;
    }

    /// <summary>Writes progress to standard error, so that it does not mix with the result on standard output.</summary>
    private static void Say(FormattableString line) => Console.Error.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
