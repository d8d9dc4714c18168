using Qdrant.Client.Grpc;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.Storage.Access;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Payloads;
using RagApp.Storage.Qdrant.Searching;

namespace RagApp.Tests.Storage.Qdrant;

/// <summary>In result lists from replicas that differ, each point counts once, and only users whom every replica admits may see it.</summary>
public sealed class FoundListsTests
{
    private static readonly AccessFilter Alice = AccessFilter.For(new Principal("acme", "alice", ["staff"], [], Region: null));

    [Fact]
    public void EachOnce_PointsThatCameTwice_CountOnceByTheirHighestVersion()
    {
        var (one, two) = (Guid.NewGuid(), Guid.NewGuid());
        var found = FoundPoint.EachOnce([Scored(one, 0.9f, version: 3), Scored(one, 0.8f, version: 4), Scored(two, 0.85f, version: 1), Scored(two, 0.85f, version: 1)], limit: 10);
        found.Select(point => (point.Id, point.Score, point.Copies.Count)).ShouldBe([(two, 0.85f, 2), (one, 0.8f, 2)]);
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(3, true)]
    [InlineData(2, false)]
    public void IsCutShort_ListOfThreeWithADouble_OnlyWhereTheLimitCutIt(int limit, bool expected)
    {
        var one = Guid.NewGuid();
        FoundPoint.IsCutShort([Scored(one, 1, 1), Scored(one, 1, 1), Scored(Guid.NewGuid(), 1, 1)], limit).ShouldBe(expected);
    }

    [Fact]
    public void ToCandidates_OneCopyDoesNotAdmitTheAsker_IsInNeitherList()
    {
        var (shown, revoked) = (Guid.NewGuid(), Guid.NewGuid());
        var keyword = FoundPoint.EachOnce([Scored(shown, 1, 1, "group:staff"), Scored(revoked, 1, 1, "group:staff"), Scored(revoked, 1, 2, "user:bob")], 10);
        var semantic = FoundPoint.EachOnce([Scored(shown, 1, 1, "user:alice"), Scored(revoked, 1, 1, "group:staff")], 10);

        var lists = new FoundLists(keyword, semantic, Alice);

        var candidates = lists.ToCandidates();
        candidates.Keyword.ShouldHaveSingleItem();
        candidates.Semantic.ShouldHaveSingleItem();
        lists.WithoutKeyword.Concat(lists.WithoutSemantic).ShouldBeEmpty();
    }

    [Fact]
    public void ReadFound_FieldMissing_IsAnIndexExceptionThatNamesIt()
    {
        var point = Scored(Guid.NewGuid(), 1, 1);
        point.Payload.Remove(QdrantFields.Section);
        Should.Throw<QdrantException>(() => new FoundLists(FoundPoint.EachOnce([point], 10), [], Alice)).Message.ShouldContain("'section'");
    }

    private static ScoredPoint Scored(Guid id, float score, ulong version, params string[] access) => new()
    {
        Id = id,
        Score = score,
        Version = version,
        Payload =
        {
            ChunkPayload.Of(
                new IndexedDocument("acme", id.ToString(), "i1", 1, "p", "t", new DocumentProperties("upload", "text", "en", Date: null, []), access.Length == 0 ? ["public"] : access, "m", []),
                new ChunkEntry(0, "text", "section", Page: null, Vector: default), "g", live: true),
        },
    };
}
