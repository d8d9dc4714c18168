using RagApp.Benchmarks.Retrieval;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Benchmarks;

/// <summary>
/// The quality gate of retrieval: half of the documents of two sets, and a sample of their questions, through the real search with the embedded model.
/// Each threshold is the measured score of a sample, with all documents, minus its random variation; docs/quality.md has the figures for all questions.
/// </summary>
public sealed class RetrievalGateTests
{
    [Theory]
    [InlineData("xquad-en", 0.93, 0.96)]
    [InlineData("xquad-ru", 0.90, 0.94)]
    public async Task Search_ASampleOfASet_IsNotBelowTheBetterOfItsPartsAndKeepsItsFloors(string name, double recall1, double gain)
    {
        Assert.SkipWhen(Repository.Corpus is null, "The development corpus is not beside the checkout.");
        var set = HalfOf(EvaluationSet.Read(Path.Combine(Repository.Corpus, "retrieval", name))).WithAtMost(60);
        using var vectors = new TemporaryFolder();
        await using var bench = await RetrievalBench.StartAsync(vectors.Path, IndexChoice.SettingsFor("lucene"));
        await bench.IndexAsync(set, new Progress<int>(), Cancellation);

        var scores = new Dictionary<SearchWay, IReadOnlyList<QuestionScore>>();
        foreach (var way in SearchWay.All)
            scores[way] = await bench.ScoreAsync(name, set.Questions, way, Cancellation);
        var comparison = new Comparison(name, scores);

        comparison.IsBelowItsParts.ShouldBeFalse();
        foreach (var way in (SearchWay[])[SearchWay.Hybrid, SearchWay.Routed])
        {
            scores[way].Average(score => score.Recall1).ShouldBeGreaterThan(recall1, way.Name);
            scores[way].Average(score => score.Gain).ShouldBeGreaterThan(gain, way.Name);
        }
    }

    /// <summary>Embedding all documents takes minutes on processors without instructions for small integers.</summary>
    private static EvaluationSet HalfOf(EvaluationSet set)
    {
        var documents = set.Documents.Take(set.Documents.Count / 2).ToList();
        var ids = documents.Select(document => document.Id).ToHashSet(StringComparer.Ordinal);
        return set with { Documents = documents, Questions = [.. set.Questions.Where(question => question.Grades.Keys.All(ids.Contains))] };
    }
}
