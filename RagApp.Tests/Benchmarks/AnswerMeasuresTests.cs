using RagApp.Benchmarks.Answers;
using RagApp.Benchmarks.Retrieval;

namespace RagApp.Tests.Benchmarks;

public sealed class AnswerMeasuresTests
{
    private const int Documents = 16;
    private const int Questions = 30;
    private const int Foreign = 12;

    private static string? Sets => Repository.Corpus is { } corpus ? Path.Combine(corpus, "retrieval") : null;

    [Theory]
    [InlineData("It began in October, 1973.", "the October 1973", true)]
    [InlineData("It cost $1,496.5 million.", "$1,496.5", true)]
    [InlineData("联赛中排名第六。", "第六", true)]
    [InlineData("It began in 1973.", "1974", false)]
    [InlineData("It began in 1973.", "the", false)]
    public void Containment_Answer_IsLookedForWithoutPunctuationAndArticles(string sentence, string answer, bool expected) =>
        Containment.IsIn([sentence], [answer]).ShouldBe(expected);

    [Fact]
    public void Abstention_OfConfidences_CountsAsDefined()
    {
        var told = Abstention.Of(answerable: [0.9, 0.8, 0.4, 0.2], others: [0.1, 0.3, 0.8], threshold: 0.5);

        told.ShouldSatisfyAllConditions(
            it => it.Auc.ShouldBe((3 + 2.5 + 2 + 1) / 12, tolerance: 1e-9),
            it => it.Precision.ShouldBe(0.5),
            it => it.Recall.ShouldBe(2.0 / 3, tolerance: 1e-9),
            it => it.F1.ShouldBe(4.0 / 7, tolerance: 1e-9),
            it => it.BestF1.Value.ShouldBe(2.0 / 3, tolerance: 1e-9));
    }

    /// <summary>
    /// A sample of questions through the real search, model and answerer. The benchmark verb measures all of them
    /// (docs/quality.md).
    /// </summary>
    [Fact]
    public async Task Sample_OfSquadInEnglish_IsAnsweredAndOtherQuestionsAreTurnedAway()
    {
        Assert.SkipUnless(Sets is not null, "The development corpus is not beside the checkout.");
        var cancellation = TestContext.Current.CancellationToken;
        var all = AnswerSet.Read(Path.Combine(Sets!, "xquad-en"));
        var documents = all.Set.Documents.Take(Documents).ToList();
        var known = documents.Select(document => document.Id).ToHashSet(StringComparer.Ordinal);
        var questions = all.Set.Questions.Where(question => question.Grades.Keys.Any(known.Contains)).Take(Questions).ToList();
        var folder = Directory.CreateTempSubdirectory("ragapp-answers-test-").FullName;
        try
        {
            await using var search = await RetrievalBench.StartAsync(folder, IndexChoice.SettingsFor("lucene"));
            using var reader = new CachedReader(folder);
            using var bench = new AnswerBench(search, reader);
            await search.IndexAsync(all.Set with { Documents = documents }, new Progress<int>(), cancellation);

            var contained = 0;
            var lost = 0;
            foreach (var question in questions)
            {
                var found = await bench.AnswerAsync(all.Name, question.Text, cancellation);
                contained += Containment.IsIn(found.Quotes, all.Answers[question.Id]) ? 1 : 0;
                lost += found.Confidence < bench.Threshold ? 1 : 0;
            }
            var turnedAway = 0;
            foreach (var question in EvaluationSet.Read(Path.Combine(Sets!, "cranfield")).Questions.Take(Foreign))
                turnedAway += (await bench.AnswerAsync(all.Name, question.Text, cancellation)).Confidence < bench.Threshold ? 1 : 0;

            contained.ShouldBeGreaterThanOrEqualTo(Questions * 8 / 10);
            lost.ShouldBeLessThanOrEqualTo(Questions / 10);
            turnedAway.ShouldBeGreaterThanOrEqualTo(Foreign - 2);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
