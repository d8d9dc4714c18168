using RagApp.Benchmarks.Retrieval;
using RagApp.Tests.TestServices;
using Shouldly;
using Xunit;

namespace RagApp.Tests.Benchmarks;

/// <summary>
/// The quality gate of retrieval: samples of two sets through the real search with the embedded model. Each threshold is the
/// sample's measured score minus its random variation; docs/quality.md has the figures for all questions.
/// </summary>
public sealed class RetrievalGateTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("xquad-en", 0.93, 0.96)]
    [InlineData("xquad-ru", 0.90, 0.94)]
    public async Task Search_ASampleOfASet_IsNotBelowTheBetterOfItsPartsAndKeepsItsFloors(string name, double recall1, double gain)
    {
        Assert.SkipWhen(Repository.Corpus is null, "The development corpus is not beside the checkout.");
        var set = EvaluationSet.Read(Path.Combine(Repository.Corpus, "retrieval", name)).WithAtMost(60);
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
}
