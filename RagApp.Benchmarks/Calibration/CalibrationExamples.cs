using RagApp.Benchmarks.Answers;
using RagApp.Benchmarks.Retrieval;
using RagApp.Contracts.Reading;
using RagApp.Contracts.Search;
using RagApp.Gateway.Answers;
using RagApp.Gateway.Answers.Reading;

namespace RagApp.Benchmarks.Calibration;

/// <summary>Searches and reads as the gateway does, and judges the best span of every passage.</summary>
internal sealed class CalibrationExamples(RetrievalBench search, CachedReader reader, int sample)
{
    private readonly ReadingOptions _options = new();

    public async Task<IReadOnlyList<JudgedSpan>> OfAsync(AnswerSet set, CancellationToken cancellationToken)
    {
        var (half, leftOut) = set.InHalf();
        var progress = new Progress<int>();
        await search.IndexAsync(set.Set, progress, cancellationToken);
        await search.IndexAsync(half, progress, cancellationToken);
        (string Documents, string Text, IReadOnlyList<string> Answers, ICollection<string> Right)[] questions =
        [
            .. Sampling.Spread(set.Set.Questions, sample).Select(question => (set.Name, question.Text, set.Answers[question.Id], (ICollection<string>)[.. question.Grades.Keys])),
            .. Sampling.Spread(leftOut, sample).Select(text => (half.Name, text, (IReadOnlyList<string>)[], (ICollection<string>)[])),
            .. Sampling.Spread(set.Unanswerable, sample).Select(question => (set.Name, question.Text, (IReadOnlyList<string>)[], (ICollection<string>)[])),
        ];
        var examples = new IReadOnlyList<JudgedSpan>[questions.Length];
        await Parallel.ForAsync(0, questions.Length, cancellationToken, async (at, token) =>
        {
            var (documents, text, answers, right) = questions[at];
            var found = await search.FindAsync(documents, new SearchRequest(text, Answering.ReadFrom), token);
            var passages = new Question(RetrievalBench.ReaderOf(documents), text, found.Hits, []).Passages.Take(_options.Passages);
            examples[at] = [.. passages.Select(passage => Judge(at, text, passage, right.Contains(passage.DocumentId) ? answers : [])).OfType<JudgedSpan>()];
        });
        return [.. examples.SelectMany(one => one)];
    }

    /// <summary>Reads a passage; null when it has no words.</summary>
    private JudgedSpan? Judge(int question, string text, SearchHit passage, IReadOnlyList<string> answers)
    {
        var read = new PassageToRead(QuestionReader.ContextOf(passage), ReadableText.Of(passage.Text).Text);
        var reading = reader.Read(text, read);
        if (reading.Spans.Count == 0)
            return null;
        var best = reading.Spans[0];
        var words = (best.IsInContext ? read.Context : read.Text)[best.Start..best.End];
        return new JudgedSpan(question, reading.Answerable, reading.Margin, Containment.IsAnswer(words, answers));
    }
}
