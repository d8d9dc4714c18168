using CsCheck;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Search;
using RagApp.Query.Ranking;
using RagApp.Storage.Index;
using RagApp.Text.Analysis;

namespace RagApp.Tests.Query.Ranking;

public sealed class RankerTests
{
    private const string Question = "When are salaries paid?";

    private static readonly Ranker Ranker = WithMinimum(0);

    private static readonly Gen<IReadOnlyList<ScoredChunk>> GenKeyword = GenList(Gen.Int[1, 400].Select(tenths => tenths / 10.0));
    private static readonly Gen<IReadOnlyList<ScoredChunk>> GenSemantic = GenList(Gen.Int[-100, 100].Select(hundredths => hundredths / 100.0));

    private static readonly Gen<ChunkCandidates> GenCandidates =
        Gen.Select(GenKeyword, GenSemantic, (keyword, semantic) => new ChunkCandidates(keyword, semantic));

    [Fact]
    public void Rank_NoCandidates_IsEmpty() => Ranker.Rank(new ChunkCandidates([], []), Question, 0.5, top: 10).ShouldBeEmpty();

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    public void Rank_AWeightThatIsNone_IsRefused(double weight) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Ranker.Rank(new ChunkCandidates([], []), Question, weight, top: 10));

    [Fact]
    public void Rank_OneListAlone_KeepsItsOrderWhateverThePassagesSay()
    {
        var candidates = new ChunkCandidates([Scored("a", 12, "nothing"), Scored("b", 6, Question)], [Scored("b", 0.9), Scored("a", 0.7)]);

        Ranker.Rank(candidates, Question, 0, top: 10).Select(hit => (hit.DocumentId, hit.Score)).ShouldBe([("a", 1), ("b", 0.5)]);
        Ranker.Rank(candidates, Question, 1, top: 10).Select(hit => hit.DocumentId).ShouldBe(["b", "a"]);
    }

    [Fact]
    public void Rank_BothLists_EveryHitHasBothScores()
    {
        var hits = Ranker.Rank(new ChunkCandidates([Scored("a", 12)], [Scored("b", 0.9), Scored("a", 0.89)]), Question, 0.5, top: 10);

        hits.Select(hit => (hit.DocumentId, hit.KeywordScore, hit.SemanticScore)).ShouldBe([("a", 12, 0.89), ("b", null, 0.9)]);
    }

    [Fact]
    public void Rank_NearlyEqualCosines_DoNotDecideAgainstTheWords()
    {
        var candidates = new ChunkCandidates([Scored("a", 12), Scored("b", 3)], [Scored("b", 0.861), Scored("a", 0.860)]);

        Ranker.Rank(candidates, Question, 0.5, top: 10)[0].DocumentId.ShouldBe("a");
    }

    [Fact]
    public void Rank_RareWordInAHeading_CountsMoreThanAFrequentOne()
    {
        var candidates = new ChunkCandidates([], [Scored("a", 0.8, section: "Paid"), Scored("b", 0.8, section: "Salaries")])
        {
            TermWeights = new Dictionary<string, double> { ["salari"] = 4, ["paid"] = 1 },
        };

        Ranker.Rank(candidates, Question, 0.5, top: 10).Select(hit => hit.DocumentId).ShouldBe(["b", "a"]);
    }

    [Fact]
    public void Rank_QuestionInAnotherLanguage_WordsCountLess()
    {
        var candidates = new ChunkCandidates([Scored("name", 12)], [Scored("answer", 0.85), Scored("name", 0.81)]);

        Ranker.Rank(candidates, "When did the Panthers defeat them?", 0.5, top: 10)[0].DocumentId.ShouldBe("name");
        Ranker.Rank(candidates, "Wann haben die Panthers sie besiegt und wie?", 0.5, top: 10)[0].DocumentId.ShouldBe("answer");
    }

    [Fact]
    public void Rank_EqualScores_WordsInOrderComeFirst()
    {
        var candidates = new ChunkCandidates(
            [Scored("apart", 9, "Paid leave exists. All salaries differ."), Scored("together", 9, "All salaries are paid late. Leave exists.")],
            [Scored("apart", 0.8), Scored("together", 0.8)]);

        Ranker.Rank(candidates, "Salaries paid", 0.5, top: 10)[0].DocumentId.ShouldBe("together");
    }

    [Fact]
    public void Rank_EqualScores_WordsInTheHeadingsComeFirst()
    {
        var candidates = new ChunkCandidates([], [Scored("a", 0.8), Scored("b", 0.8, section: "Money › Salaries")]);

        Ranker.Rank(candidates, Question, 0.5, top: 10)[0].DocumentId.ShouldBe("b");
    }

    [Fact]
    public void Rank_EqualPassages_TheOneWhoseDocumentSaysMoreComesFirst()
    {
        var candidates = new ChunkCandidates(
            [], [Scored("a", 0.85), Scored("b", 0.85, ordinal: 1), Scored("b", 0.84), Scored("a", 0.7, ordinal: 1)]);

        Ranker.Rank(candidates, Question, 0.5, top: 10)[0].DocumentId.ShouldBe("b");
    }

    [Fact]
    public void Rank_EqualScores_AreOrderedByDocumentAndPosition()
    {
        var candidates = new ChunkCandidates([Scored("b", 5, ordinal: 1), Scored("b", 5), Scored("a", 5)], []);

        Ranker.Rank(candidates, Question, 0, top: 10).Select(hit => (hit.DocumentId, hit.Ordinal)).ShouldBe([("a", 0), ("b", 0), ("b", 1)]);
    }

    [Fact]
    public void Rank_TwoVersionsOfADocument_KeepsTheNewer()
    {
        var candidates = new ChunkCandidates(
            [Scored("a", 9, version: 1), Scored("b", 5)],
            [Scored("a", 0.7, version: 2), Scored("a", 0.6, version: 1, ordinal: 3)]);

        Ranker.Rank(candidates, Question, 0.5, top: 10).Where(hit => hit.DocumentId == "a").ShouldHaveSingleItem().Version.ShouldBe(2);
    }

    [Fact]
    public void Rank_OnePassageStandsOutWithTheWords_IsRelevant()
    {
        var hits = Ranker.Rank(Crowd(best: Scored("answer", 0.86, "Salaries are paid on the 25th.")), Question, 0.5, top: 5);

        hits[0].DocumentId.ShouldBe("answer");
        hits[0].Relevance.ShouldBeGreaterThan(0.9);
        hits[1].Relevance.ShouldBeLessThan(0.1);
    }

    [Fact]
    public void Rank_CorrectedSpelling_OrdersTheHitsAndMakesNoneMoreCertain()
    {
        var candidates = Crowd(best: Scored("answer", 0.8, "Salaries are paid on the 25th."));
        var corrected = Ranker.Rank(candidates, Question, 0.5, top: 5, asSpelt: "When are salareis piad?");
        var asSpelt = Ranker.Rank(candidates, "When are salareis piad?", 0.5, top: 5);

        corrected[0].Score.ShouldBeGreaterThan(asSpelt[0].Score);
        corrected.Select(hit => hit.Relevance).ShouldBe(asSpelt.Select(hit => hit.Relevance));
    }

    [Fact]
    public void Rank_NothingStandsOutNorHasAWord_IsNotFound()
    {
        WithMinimum(0.03).Rank(Crowd(best: Scored("best", 0.781, "Something else.")), Question, 0.5, top: 5).ShouldBeEmpty();
        Ranker.Rank(Crowd(best: Scored("best", 0.781, "Something else.")), Question, 0.5, top: 5).Count.ShouldBe(5);
    }

    [Fact]
    public void Rank_FewCandidates_NeverDecidesThatNothingIsFound() =>
        WithMinimum(1).Rank(new ChunkCandidates([], [Scored("a", 0.5, "Something else.")]), Question, 0.5, top: 5).ShouldHaveSingleItem();

    [Fact]
    public void Rank_AnyLists_ScoresAndRelevanceLieBetween0And1AndScoresDescend() =>
        Gen.Select(GenCandidates, Gen.Double[0, 1], Gen.Int[1, 15]).Sample((candidates, weight, top) =>
        {
            var hits = Ranker.Rank(candidates, Question, weight, top);

            hits.Count.ShouldBeLessThanOrEqualTo(top);
            hits.ShouldAllBe(hit => hit.Score >= 0 && hit.Score <= 1 && hit.Relevance >= 0 && hit.Relevance <= 1);
            hits.Select(hit => hit.Score).ShouldBeInOrder(SortDirection.Descending);
            hits.Select(hit => (hit.DocumentId, hit.Ordinal)).ShouldBeUnique();
        });

    /// <summary>
    /// Monotonicity, for documents with one passage each: a passage that is at least as good as another in both lists does not
    /// rank lower.
    /// </summary>
    [Fact]
    public void Rank_BetterInBothLists_NotWorseTogether() =>
        Gen.Select(GenCandidates, Gen.Double[0, 1]).Sample((candidates, weight) =>
        {
            var hits = Ranker.Rank(candidates, Question, weight, 100);
            foreach (var one in hits)
            {
                foreach (var other in hits.Where(other => IsAsGood(one.KeywordScore, other.KeywordScore) && IsAsGood(one.SemanticScore, other.SemanticScore)))
                    one.Score.ShouldBeGreaterThanOrEqualTo(other.Score - 1e-9);
            }
        });

    private static Ranker WithMinimum(double relevance) => new(new TextAnalysis(), Options.Create(new RankingOptions { MinRelevance = relevance }));

    /// <summary>Fifty passages with a similarity to the question that is no more than random, and one other passage.</summary>
    private static ChunkCandidates Crowd(ScoredChunk best) => new(
        [], [best, .. Enumerable.Range(0, 50).Select(i => Scored($"other{i}", 0.78 - (i * 0.001), "Something else."))]);

    private static Gen<IReadOnlyList<ScoredChunk>> GenList(Gen<double> score) =>
        Gen.Select(Gen.Int[0, 20], score).List[0, 12].Select(scores => (IReadOnlyList<ScoredChunk>)
        [
            .. scores.DistinctBy(pair => pair.Item1).Select(pair => Scored($"d{pair.Item1}", pair.Item2)).OrderByDescending(scored => scored.Score),
        ]);

    private static bool IsAsGood(double? one, double? other) => other is null || one >= other;

    private static ScoredChunk Scored(string document, double score, string text = "text", string section = "", int version = 1, int ordinal = 0) => new(
        new FoundChunk(
            document, version, ordinal, $"{document}.md", document, section, null, text,
            new DocumentProperties(DocumentProperties.Upload, "md", "en", Date: null, Tags: [])),
        score);
}
