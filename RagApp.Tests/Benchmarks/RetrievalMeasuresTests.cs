using RagApp.Benchmarks.Retrieval;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Benchmarks;

/// <summary>The retrieval measures of the evaluation equal values calculated by hand.</summary>
public sealed class RetrievalMeasuresTests
{
    [Fact]
    public void Score_TwoOfThreeFound_WeighsRankAndGrade()
    {
        var score = QuestionScore.Of(["x", "b", "a"], new Dictionary<string, double> { ["a"] = 3, ["b"] = 1, ["c"] = 2 });

        score.Recall1.ShouldBe(0);
        score.Recall5.ShouldBe(2.0 / 3);
        score.Recall10.ShouldBe(2.0 / 3);
        score.ReciprocalRank.ShouldBe(0.5);
        var ideal = 3 + (2 / Math.Log2(3)) + (1 / Math.Log2(4));
        score.Gain.ShouldBe(((1 / Math.Log2(3)) + (3 / Math.Log2(4))) / ideal, tolerance: 1e-9);
    }

    [Fact]
    public void Score_NothingFound_IsZero() =>
        QuestionScore.Of([], new Dictionary<string, double> { ["a"] = 1 }).ShouldBe(new QuestionScore(0, 0, 0, 0, 0));

    [Fact]
    public void Interval_HalfOnesHalfZeros_IsAroundOneHalfAsWideAsTheBinomial()
    {
        var interval = Interval.Of([.. Enumerable.Range(0, 400).Select(i => (double)(i % 2))]);

        interval.Mean.ShouldBe(0.5);
        interval.Low.ShouldBe(0.451, tolerance: 0.01);
        interval.High.ShouldBe(0.549, tolerance: 0.01);
    }

    [Fact]
    public void Read_AFolder_HasDocumentsAndTheQuestionsThatAreJudged()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "corpus.jsonl"), """{"id":"d1","title":"T","text":"Text."}""");
        File.WriteAllText(Path.Combine(folder.Path, "queries.jsonl"), """
            {"id":"q1","text":"What?"}
            {"id":"q2","text":"Not judged?"}
            """);
        File.WriteAllText(Path.Combine(folder.Path, "qrels.tsv"), "query-id\tdoc-id\tgrade\nq1\td1\t2\n");

        var set = EvaluationSet.Read(EvaluationSet.FoldersIn(folder.Path).Single());

        set.Documents.Single().ShouldBe(new EvaluationDocument("d1", "T", "Text."));
        var question = set.Questions.Single();
        question.Text.ShouldBe("What?");
        question.Grades["d1"].ShouldBe(2);
    }

    [Fact]
    public void WithAtMost_FewerThanThereAre_SpreadsThemEvenly()
    {
        var grades = new Dictionary<string, double> { ["d"] = 1 };
        var set = new EvaluationSet("s-en", [new EvaluationDocument("d", "", "")], [.. Enumerable.Range(0, 10).Select(i => new EvaluationQuestion($"{i}", "?", grades))]);

        set.WithAtMost(3).Questions.Select(question => question.Id).ShouldBe(["0", "3", "6"]);
        set.IsAnsweredBy(set with { Name = "s-de" }).ShouldBeTrue();
        set.IsAnsweredBy(set with { Name = "t-de" }).ShouldBeFalse();
    }

    [Fact]
    public void VectorCache_OpenedAgainAfterAHalfWrittenRecord_HasWhatWasWhole()
    {
        using var folder = new TemporaryFolder();
        using (var cache = new EmbeddedTextFile(folder.Path, "m", dimension: 2))
            cache.Add("text", [0.25f, 0.5f]);
        File.AppendAllText(Path.Combine(folder.Path, "m.vectors"), "torn");

        using var again = new EmbeddedTextFile(folder.Path, "m", dimension: 2);

        again.Find("text").ShouldBe([0.25f, 0.5f]);
        again.Find("other").ShouldBeNull();
        again.Add("other", [1f, 0f]);
        again.Find("other").ShouldBe([1f, 0f]);
    }
}
