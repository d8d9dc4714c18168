using CsCheck;
using RagApp.Contracts.Identity;
using RagApp.Storage.Access;
using RagApp.Storage.Index;

namespace RagApp.Tests.Conformance;

/// <summary>Generated sequences of writes, access changes and removals, compared with the exact answer for every reader.</summary>
public abstract partial class ChunkIndexConformance
{
    private static readonly string[] SomeEntries = ["public", "user:u0", "user:u1", "user:u2", "group:g0", "group:g1", "group:g2"];

    private static readonly Gen<string[]> SomeAccess = Gen.OneOf(SomeEntries).Array[0, 3];

    private static readonly Gen<Principal> SomePeople =
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3].Array[0, 3], (user, groups) =>
            new Principal("", $"u{user}", [.. groups.Distinct().Select(group => $"g{group}")], [], Region: null));

    private static readonly Gen<Change> SomeChanges = Gen.Frequency(
        (4, Gen.Select(Gen.Int[0, 5], SomeAccess, Gen.Int[1, 3], Gen.Float[-1, 1], (document, access, chunks, angle) =>
            new Change(ChangeKind.Replace, [document], access, chunks, angle))),
        (2, Gen.Select(Gen.Int[0, 5].Array[1, 4], SomeAccess, (documents, access) => new Change(ChangeKind.ChangeAccess, documents, access, 0, 0))),
        (1, Gen.Int[0, 5].Array[1, 3].Select(documents => new Change(ChangeKind.Remove, documents, [], 0, 0))));

    private int _tenants;

    private enum ChangeKind
    {
        Replace,
        ChangeAccess,
        Remove,
    }

    private sealed record Change(ChangeKind Kind, int[] Documents, string[] Access, int Chunks, float Angle)
    {
        public IReadOnlyCollection<string> Ids => [.. Documents.Distinct().Select(document => $"d{document}")];
    }

    /// <summary>
    /// After any sequence of writes, access changes and removals, both lists contain exactly the readable chunks, the vector
    /// list has their exact cosines, and the count equals their number.
    /// </summary>
    [Fact]
    public Task SearchAsync_GeneratedChanges_EqualsTheFilteredExactAnswer() =>
        Gen.Select(SomeChanges.Array[1, 10], SomePeople.Array[1, 4]).SampleAsync(async (changes, people) =>
        {
            var tenant = $"tenant{Interlocked.Increment(ref _tenants)}";
            var expected = new Dictionary<string, IndexedDocument>(StringComparer.Ordinal);
            var version = 0;
            foreach (var change in changes)
                await ApplyAsync(tenant, change, ++version, expected);
            PassOneSecond();
            foreach (var person in people)
                await ShouldFindAsync(AccessFilter.For(person with { Tenant = tenant }), expected.Values);
        }, iter: 12, threads: 1);

    [Fact]
    public async Task SearchAsync_PersonIn2500Groups_FindsWhatAnyOfThemOpens()
    {
        await Writer.ReplaceAsync(Document("first", "apple") with { Access = ["group:g0"] }, Cancellation);
        await Writer.ReplaceAsync(Document("last", "apple") with { Access = ["group:other", "group:g2499"] }, Cancellation);
        await Writer.ReplaceAsync(Document("none", "apple") with { Access = ["group:g2500"] }, Cancellation);
        PassOneSecond();

        var filter = Filter("acme", "alice", [.. Enumerable.Range(0, 2500).Select(i => $"g{i}")]);
        var found = await Index.SearchAsync(new ChunkQuery("apple", Vector(1, 0), Model, 10), filter, Cancellation);
        found.Keyword.Select(chunk => chunk.Chunk.DocumentId).ShouldBe(["first", "last"], ignoreOrder: true);
        found.Semantic.Select(chunk => chunk.Chunk.DocumentId).ShouldBe(["first", "last"], ignoreOrder: true);
        (await Index.CountAsync(narrowing: null, filter, Cancellation)).ShouldBe(2);
    }

    private async Task ApplyAsync(string tenant, Change change, int version, Dictionary<string, IndexedDocument> expected)
    {
        switch (change.Kind)
        {
            case ChangeKind.Replace:
                var id = change.Ids.Single();
                var chunks = Enumerable.Range(0, change.Chunks).Select(i => ($"apple {version} {i}", Vector(MathF.Cos(change.Angle + i), MathF.Sin(change.Angle + i)))).ToArray();
                expected[id] = Document(id, chunks) with { Tenant = tenant, Version = version, Access = change.Access };
                await Writer.ReplaceAsync(expected[id], Cancellation);
                break;
            case ChangeKind.ChangeAccess:
                foreach (var known in change.Ids.Where(expected.ContainsKey))
                    expected[known] = expected[known] with { Access = change.Access };
                await Writer.ChangeAccessAsync(tenant, change.Ids, change.Access, Cancellation);
                break;
            default:
                foreach (var gone in change.Ids)
                    expected.Remove(gone);
                await Writer.RemoveAsync(tenant, change.Ids, Cancellation);
                break;
        }
    }

    private async Task ShouldFindAsync(AccessFilter filter, IEnumerable<IndexedDocument> documents)
    {
        var readable = documents.Where(document => filter.Allows(document.Tenant, document.Access))
            .SelectMany(document => document.Chunks.Select(chunk => (document.DocumentId, document.Version, chunk.Ordinal, Cosine: chunk.Vector.Span[0])))
            .ToList();

        var found = await Index.SearchAsync(new ChunkQuery("apple", Vector(1, 0), Model, 100), filter, Cancellation);

        found.Keyword.Select(chunk => Named(chunk.Chunk)).ShouldBe(readable.Select(chunk => (chunk.DocumentId, chunk.Version, chunk.Ordinal)), ignoreOrder: true);
        found.Semantic.Select(chunk => Named(chunk.Chunk)).ShouldBe(readable.Select(chunk => (chunk.DocumentId, chunk.Version, chunk.Ordinal)), ignoreOrder: true);
        foreach (var (chunk, score) in found.Semantic.Select(chunk => (Named(chunk.Chunk), chunk.Score)))
            score.ShouldBe(readable.Single(expected => (expected.DocumentId, expected.Version, expected.Ordinal) == chunk).Cosine, 1e-4);
        (await Index.CountAsync(narrowing: null, filter, Cancellation)).ShouldBe(readable.Count);
    }

    private static (string, int, int) Named(FoundChunk chunk) => (chunk.DocumentId, chunk.Version, chunk.Ordinal);
}
