using CsCheck;
using RagApp.Contracts.Search;
using RagApp.Query.Ranking;
using RagApp.Storage.Index;
using Shouldly;
using Xunit;

namespace RagApp.Tests.Query.Ranking;

public sealed class FusionTests
{
    private static readonly Gen<IReadOnlyList<ScoredChunk>> GenList =
        Gen.Select(Gen.Int[0, 20], Gen.Int[-10, 400].Select(tenths => tenths / 10.0)).List[0, 12].Select(scores => (IReadOnlyList<ScoredChunk>)
        [
            .. scores.DistinctBy(score => score.Item1).Select(score => Scored($"d{score.Item1}", score.Item2)).OrderByDescending(scored => scored.Score),
        ]);

    private static readonly Gen<ChunkCandidates> GenCandidates =
        Gen.Select(GenList, GenList, (keyword, semantic) => new ChunkCandidates(keyword, semantic));

    [Fact]
    public void Fuse_TwoLists_WeighsTheirNormalisedScores()
    {
        var candidates = new ChunkCandidates(
            [Scored("a", 12), Scored("b", 7), Scored("c", 2)],
            [Scored("b", 0.9), Scored("d", 0.88), Scored("a", 0.8)]);

        var hits = Fusion.Fuse(candidates, 0.4, top: 10);

        hits.Select(hit => hit.DocumentId).ShouldBe(["b", "a", "d", "c"]);
        hits.Select(hit => Math.Round(hit.Score, 6)).ShouldBe([0.7, 0.6, 0.32, 0]);
        hits[0].KeywordScore.ShouldBe(7);
        hits[0].SemanticScore.ShouldBe(0.9);
        hits[2].KeywordScore.ShouldBeNull();
    }

    [Fact]
    public void Fuse_NoCandidates_IsEmpty() =>
        Fusion.Fuse(new ChunkCandidates([], []), 0.5, top: 10).ShouldBeEmpty();

    [Fact]
    public void Fuse_OneCandidate_HasTheListsWholeWeight()
    {
        var hit = Fusion.Fuse(new ChunkCandidates([], [Scored("a", -0.2)]), 0.3, top: 10).Single();

        hit.Score.ShouldBe(0.3);
    }

    [Fact]
    public void Fuse_EqualScores_AreOrderedByDocumentAndPosition()
    {
        var candidates = new ChunkCandidates([Scored("b", 5, ordinal: 1), Scored("b", 5), Scored("a", 5)], []);

        var hits = Fusion.Fuse(candidates, 0, top: 10);

        hits.Select(hit => (hit.DocumentId, hit.Ordinal)).ShouldBe([("a", 0), ("b", 0), ("b", 1)]);
        hits.ShouldAllBe(hit => hit.Score == 1);
    }

    [Fact]
    public void Fuse_TwoVersionsOfADocument_KeepsTheNewer()
    {
        var candidates = new ChunkCandidates(
            [Scored("a", 9, version: 1), Scored("b", 5)],
            [Scored("a", 0.7, version: 2), Scored("a", 0.6, version: 1, ordinal: 3)]);

        var hits = Fusion.Fuse(candidates, 0.5, top: 10);

        hits.Where(hit => hit.DocumentId == "a").ShouldHaveSingleItem().Version.ShouldBe(2);
    }

    [Fact]
    public void Fuse_AnyLists_ScoresLieBetween0And1AndDescend() =>
        Gen.Select(GenCandidates, Gen.Double[0, 1], Gen.Int[1, 15]).Sample((candidates, weight, top) =>
        {
            var hits = Fusion.Fuse(candidates, weight, top);

            hits.Count.ShouldBeLessThanOrEqualTo(top);
            hits.ShouldAllBe(hit => hit.Score >= 0 && hit.Score <= 1);
            hits.Select(hit => hit.Score).ShouldBeInOrder(SortDirection.Descending);
            hits.Select(hit => (hit.DocumentId, hit.Ordinal)).ShouldBeUnique();
        });

    [Fact]
    public void Fuse_ScaledAndShiftedScores_SameScores() =>
        Gen.Select(GenCandidates, Gen.Double[0, 1], Gen.Int[1, 64], Gen.Int[-50, 50]).Sample((candidates, weight, scale, shift) =>
        {
            var changed = candidates with
            {
                Keyword = [.. candidates.Keyword.Select(scored => scored with { Score = scored.Score * scale + shift })],
            };

            var before = Fusion.Fuse(candidates, weight, 100).ToDictionary(hit => hit.DocumentId, hit => hit.Score);
            var after = Fusion.Fuse(changed, weight, 100).ToDictionary(hit => hit.DocumentId, hit => hit.Score);

            after.Keys.Order().ShouldBe(before.Keys.Order());
            foreach (var (document, score) in before)
                after[document].ShouldBe(score, tolerance: 1e-6);
        });

    /// <summary>A passage at least as good in both lists as another never comes out worse.</summary>
    [Fact]
    public void Fuse_BetterInBothLists_NotWorseFused() =>
        Gen.Select(GenCandidates, Gen.Double[0, 1]).Sample((candidates, weight) =>
        {
            var hits = Fusion.Fuse(candidates, weight, 100);
            foreach (var one in hits)
            {
                foreach (var other in hits.Where(other => IsAsGood(one.KeywordScore, other.KeywordScore) && IsAsGood(one.SemanticScore, other.SemanticScore)))
                    one.Score.ShouldBeGreaterThanOrEqualTo(other.Score);
            }
        });

    private static bool IsAsGood(double? one, double? other) => other is null || one >= other;

    private static ScoredChunk Scored(string document, double score, int version = 1, int ordinal = 0) =>
        new(new FoundChunk(document, version, ordinal, $"{document}.md", document, "", null, "text", new DocumentProperties(DocumentProperties.Upload, "md", "en", Date: null, Tags: [])), score);
}
