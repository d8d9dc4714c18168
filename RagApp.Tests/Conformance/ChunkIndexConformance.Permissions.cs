using RagApp.Contracts.Identity;
using RagApp.Storage.Access;
using RagApp.Storage.Index;

namespace RagApp.Tests.Conformance;

/// <summary>For generated people, access lists and documents, a search finds what an exact search over the readable documents finds.</summary>
public abstract partial class ChunkIndexConformance
{
    private static readonly string[] People = ["alice", "bob", "carol", "public", "group:staff"];
    private static readonly string[] Groups = ["staff", "finance", "board", "STAFF", "alice"];
    private static readonly string[] Words = ["valve", "pump", "pipe", "boiler", "meter", "flange"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task SearchAsync_GeneratedPeopleAndLists_EqualsTheFilteredExactAnswer(int seed)
    {
        var random = new Random(seed);
        var documents = Enumerable.Range(0, 30).Select(number => Generate(number, random)).ToList();
        foreach (var document in documents)
            await Writer.ReplaceAsync(document, Cancellation);
        foreach (var number in Enumerable.Range(0, 10))
        {
            documents[number] = documents[number] with { Access = Entries(random) };
            await Writer.ChangeAccessAsync("acme", [documents[number].DocumentId], documents[number].Access, Cancellation);
        }
        PassOneSecond();

        for (var round = 0; round < 20; round++)
        {
            var person = new Principal("acme", random.GetItems(People, 1)[0], [.. random.GetItems(Groups, random.Next(3))], [], Region: null);
            await CompareAsync(person, documents, random);
        }
    }

    [Theory]
    [InlineData("", "alice")]
    [InlineData(" ", "alice")]
    [InlineData("acme", "")]
    [InlineData("acme", " ")]
    public void For_PersonWithoutTenantOrName_HasNoFilterToSearchWith(string tenant, string subject) =>
        Should.Throw<ArgumentException>(() => AccessFilter.For(new Principal(tenant, subject, ["staff"], [], Region: null)));

    [Fact]
    public async Task SearchAsync_TenThousandChunksOfAnotherTenant_ChangeNoScore()
    {
        for (var i = 0; i < 5; i++)
            await Writer.ReplaceAsync(Document($"d{i}", $"valve {string.Join(' ', Words.Take(i + 1))}", Vector(1, i)), Cancellation);
        PassOneSecond();
        var before = await SearchAsync(new ChunkQuery("valve pump meter", Vector(1, 0), Model, 10));

        for (var i = 0; i < 10; i++)
        {
            var chunks = Enumerable.Range(0, 1000).Select(n => ($"valve pump {n}", Vector(1, n))).ToArray();
            await Writer.ReplaceAsync(Document($"d{i}", chunks) with { Tenant = "globex" }, Cancellation);
        }
        PassOneSecond();
        var after = await SearchAsync(new ChunkQuery("valve pump meter", Vector(1, 0), Model, 10));

        Scores(after.Keyword).ShouldBe(Scores(before.Keyword), ignoreOrder: true);
        Scores(after.Semantic).ShouldBe(Scores(before.Semantic), ignoreOrder: true);
        before.Keyword.Count.ShouldBe(5);
    }

    private async Task CompareAsync(Principal person, List<IndexedDocument> documents, Random random)
    {
        var filter = AccessFilter.For(person);
        var vector = Vector(random.NextSingle() - 0.5f, random.NextSingle() - 0.5f);
        var word = random.GetItems(Words, 1)[0];
        var open = documents.Where(document => document.Access.Any(person.AccessEntries.Contains))
            .SelectMany(document => document.Chunks.Select(chunk => (document.DocumentId, Chunk: chunk))).ToList();
        var matching = open.Where(entry => entry.Chunk.Text.Contains(word, StringComparison.Ordinal)).Select(entry => (entry.DocumentId, entry.Chunk.Ordinal));
        var cosines = open.Select(entry => Cosine(entry.Chunk.Vector.Span, vector.Span)).OrderDescending().ToList();

        var all = await Index.SearchAsync(new ChunkQuery(word, vector, Model, 1000), filter, Cancellation);
        var few = await Index.SearchAsync(new ChunkQuery(word, vector, Model, 3), filter, Cancellation);

        Scores(all.Keyword).Keys.ShouldBe(matching, ignoreOrder: true);
        all.Semantic.Select(found => Math.Round(found.Score, 4)).ShouldBe(cosines.Select(cosine => Math.Round(cosine, 4)));
        few.Semantic.Take(3).Select(found => Math.Round(found.Score, 4)).ShouldBe(cosines.Take(3).Select(cosine => Math.Round(cosine, 4)));
        few.Keyword.Take(3).Select(found => Math.Round(found.Score, 4)).ShouldBe(all.Keyword.Take(3).Select(found => Math.Round(found.Score, 4)));
        (await Index.CountAsync(narrowing: null, filter, Cancellation)).ShouldBe(open.Count);
    }

    private static IndexedDocument Generate(int number, Random random)
    {
        var chunks = Enumerable.Range(0, random.Next(1, 4))
            .Select(_ => (string.Join(' ', random.GetItems(Words, random.Next(1, 8))), Vector(random.NextSingle() - 0.5f, random.NextSingle() - 0.5f)));
        return Document($"d{number}", [.. chunks]) with { Access = Entries(random) };
    }

    private static List<string> Entries(Random random)
    {
        var entries = People.Select(AccessEntry.User).Concat(Groups.Select(AccessEntry.Group)).Append("public").ToArray();
        return [.. random.GetItems(entries, random.Next(0, 3)).Distinct(StringComparer.Ordinal)];
    }

    private static double Cosine(ReadOnlySpan<float> one, ReadOnlySpan<float> other) =>
        System.Numerics.Tensors.TensorPrimitives.CosineSimilarity(one, other);
}
