using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.Storage.Access;
using RagApp.Storage.Index;
using RagApp.Text;

namespace RagApp.Tests.Conformance;

/// <summary>
/// Behaviour that every chunk index must have. The tests write through one <see cref="IChunkIndexWriter"/> and read through
/// an <see cref="IChunkIndex"/> that shares only the stored index with it, as another process would.
/// </summary>
public abstract partial class ChunkIndexConformance
{
    protected const string Model = "test-model";

    protected abstract IChunkIndexWriter Writer { get; }

    protected abstract IChunkIndex Index { get; }

    protected abstract IIndexGenerations Generations { get; }

    protected abstract IIndexSnapshots Snapshots { get; }

    /// <summary>Advances the clock by the time after which an index must show a commit.</summary>
    protected abstract void PassOneSecond();

    /// <summary>Opens a new writer and a new reader on the same stored index, as after a restart.</summary>
    protected abstract Task ReopenAsync();

    [Fact]
    public async Task SearchAsync_NoIndexYet_FindsNothing()
    {
        var found = await Index.SearchAsync(new ChunkQuery("word", Vector(1, 0), Model, 10), Filter("acme", "alice"), Cancellation);
        found.Keyword.ShouldBeEmpty();
        found.Semantic.ShouldBeEmpty();
    }

    [Fact]
    public async Task SearchAsync_FirstDocumentAfterAnEmptySearch_IsFoundWithinASecond()
    {
        (await KeywordAsync("kettle")).ShouldBeEmpty();
        await Writer.ReplaceAsync(Document("d1", "The kettle boils."), Cancellation);
        PassOneSecond();
        (await KeywordAsync("kettle")).ShouldBe(["d1"]);
    }

    [Fact]
    public async Task SearchAsync_CommitAfterASearch_IsSeenWithinASecond()
    {
        await Writer.ReplaceAsync(Document("d1", "The kettle boils."), Cancellation);
        (await KeywordAsync("kettle")).ShouldBe(["d1"]);
        await Writer.ReplaceAsync(Document("d2", "Another kettle."), Cancellation);
        PassOneSecond();
        (await KeywordAsync("kettle")).ShouldBe(["d1", "d2"], ignoreOrder: true);
    }

    [Fact]
    public async Task SearchAsync_Words_SaysHowRareEachIsInTheTenant()
    {
        await Writer.ReplaceAsync(Document("d1", "The kettle boils water."), Cancellation);
        await Writer.ReplaceAsync(Document("d2", "Another kettle."), Cancellation);
        await Writer.ReplaceAsync(Document("other", "Water.") with { Tenant = "other" }, Cancellation);
        PassOneSecond();

        var found = await SearchAsync(new ChunkQuery("water kettle unheard", null, null, 10));
        found.TermWeights.ShouldBe(new Dictionary<string, double> { ["water"] = Idf.Bm25(2, 1), ["kettl"] = Idf.Bm25(2, 2) }, ignoreOrder: true);
        (await SearchAsync(new ChunkQuery(null, Vector(1, 0), Model, 10))).TermWeights.ShouldBeEmpty();
    }

    [Fact]
    public async Task SearchAsync_Found_ReturnsTheChunkAsItWasGiven()
    {
        var document = new IndexedDocument(
            "acme", "d1", "i1", 7, "Ordner/Übersicht – 概要.pdf", "Jahresbericht 😀",
            new DocumentProperties("mail", "pdf", "de", new DateTimeOffset(2024, 2, 29, 12, 30, 0, TimeSpan.Zero), ["Ü", "b c"]), ["public"], Model,
            [new ChunkEntry(0, "Erster Satz.", "", Page: null, Vector(1, 0)), new ChunkEntry(1, "Der „Gewinn“ stieg\num 5 %.", "A › B", 12, Vector(0, 1))]);
        await Writer.ReplaceAsync(document, Cancellation);

        var expected = new FoundChunk("d1", 7, 1, document.Path, document.Title, "A › B", 12, "Der „Gewinn“ stieg\num 5 %.", document.Properties);
        var found = await SearchAsync(new ChunkQuery("Gewinn", Vector(0, 1), Model, 1));
        foreach (var chunk in new[] { found.Keyword.ShouldHaveSingleItem().Chunk, found.Semantic.ShouldHaveSingleItem().Chunk })
        {
            (chunk with { Properties = expected.Properties }).ShouldBe(expected);
            chunk.Properties.Tags.ShouldBe(document.Properties.Tags);
            (chunk.Properties with { Tags = document.Properties.Tags }).ShouldBe(document.Properties);
        }
    }

    [Fact]
    public async Task SearchAsync_Keyword_RanksRarerAndMoreOftenFirst()
    {
        await Writer.ReplaceAsync(Document("often", "valve valve valve in the pump"), Cancellation);
        await Writer.ReplaceAsync(Document("once", "valve beside the pump and much more text about many other things"), Cancellation);
        await Writer.ReplaceAsync(Document("common", "the pump and the pump"), Cancellation);
        PassOneSecond();

        var found = (await SearchAsync(new ChunkQuery("pump valve", Vector: null, Model: null, 10))).Keyword;
        found.Select(chunk => chunk.Chunk.DocumentId).ShouldBe(["often", "once", "common"]);
        found.Select(chunk => chunk.Score).ShouldBeInOrder(SortDirection.Descending);
        found.ShouldAllBe(chunk => chunk.Score > 0);
    }

    [Fact]
    public async Task SearchAsync_WordInTitleOrHeading_IsFound()
    {
        await Writer.ReplaceAsync(Document("d1", "Nothing of it here.") with { Title = "Parental leave" }, Cancellation);
        await Writer.ReplaceAsync(Document("d2", "Nor here.", section: "Benefits › Dental"), Cancellation);
        PassOneSecond();

        (await KeywordAsync("parental")).ShouldBe(["d1"]);
        (await KeywordAsync("dental")).ShouldBe(["d2"]);
    }

    [Fact]
    public async Task SearchAsync_Semantic_ScoresByCosineBestFirst()
    {
        await Writer.ReplaceAsync(Document("same", "a", Vector(2, 0)), Cancellation);
        await Writer.ReplaceAsync(Document("half", "b", Vector(1, MathF.Sqrt(3))), Cancellation);
        await Writer.ReplaceAsync(Document("opposite", "c", Vector(-1, 0)), Cancellation);
        PassOneSecond();

        var found = (await SearchAsync(new ChunkQuery(Text: null, Vector(5, 0), Model, 10))).Semantic;
        found.Select(chunk => chunk.Chunk.DocumentId).ShouldBe(["same", "half", "opposite"]);
        found.Select(chunk => Math.Round(chunk.Score, 5)).ShouldBe([1, 0.5, -1]);
    }

    [Fact]
    public async Task SearchAsync_Limit_HoldsForEachList()
    {
        await Writer.ReplaceAsync(Document("d1", [.. Enumerable.Range(0, 30).Select(i => ($"word {i}", Vector(1, i)))]), Cancellation);

        (await SearchAsync(new ChunkQuery("word", Vector: null, Model: null, 7))).Keyword.Count.ShouldBe(7);
        (await SearchAsync(new ChunkQuery(Text: null, Vector(1, 0), Model, 7))).Semantic.Select(chunk => chunk.Chunk.Ordinal).ShouldBe(Enumerable.Range(0, 7));
    }

    [Fact]
    public async Task SearchAsync_TextOnlyOrVectorOnly_LeavesTheOtherListEmpty()
    {
        await Writer.ReplaceAsync(Document("d1", "word"), Cancellation);

        (await SearchAsync(new ChunkQuery("word", Vector: null, Model: null, 10))).Semantic.ShouldBeEmpty();
        (await SearchAsync(new ChunkQuery(Text: null, Vector(1, 0), Model, 10))).Keyword.ShouldBeEmpty();
        (await SearchAsync(new ChunkQuery("???", Vector: null, Model: null, 10))).Keyword.ShouldBeEmpty();
    }

    /// <summary>
    /// The first document sets the index's model. Vectors of another model or dimension are never compared with that model's
    /// vectors; a query with their own model may or may not find them.
    /// </summary>
    [Fact]
    public async Task SearchAsync_OtherModelOrDimension_IsNotCompared()
    {
        await Writer.ReplaceAsync(Document("d1", "apple", Vector(1, 0)), Cancellation);
        await Writer.ReplaceAsync(Document("d2", "apple", Vector(1, 0)) with { Model = "other-model" }, Cancellation);
        await Writer.ReplaceAsync(Document("d3", "apple", Vector(1, 0, 0)), Cancellation);
        PassOneSecond();

        (await SemanticAsync(Vector(1, 0), Model)).ShouldBe(["d1"]);
        (await SemanticAsync(Vector(1, 0), "other-model")).ShouldBeSubsetOf(["d2"]);
        (await SemanticAsync(Vector(1, 0, 0), Model)).ShouldBeSubsetOf(["d3"]);
        (await SemanticAsync(Vector(1, 0), "third-model")).ShouldBeEmpty();
        (await KeywordAsync("apple")).ShouldBe(["d1", "d2", "d3"], ignoreOrder: true);
    }

    [Fact]
    public async Task SearchAsync_OtherTenant_FindsNothing()
    {
        await Writer.ReplaceAsync(Document("d1", "secret"), Cancellation);
        foreach (var tenant in new[] { "globex", "ACME", "acme ", "acme/..", "../acme" })
        {
            var found = await Index.SearchAsync(new ChunkQuery("secret", Vector(1, 0), Model, 10), Filter(tenant, "alice"), Cancellation);
            (found.Keyword.Count, found.Semantic.Count).ShouldBe((0, 0), tenant);
        }
    }

    [Fact]
    public async Task SearchAsync_SameDocumentIdInTwoTenants_StaysApart()
    {
        await Writer.ReplaceAsync(Document("d1", "secret of acme"), Cancellation);
        await Writer.ReplaceAsync(Document("d1", "secret of globex") with { Tenant = "globex" }, Cancellation);
        await Writer.RemoveAsync("globex", ["d1"], Cancellation);
        PassOneSecond();

        (await KeywordAsync("secret")).ShouldBe(["d1"]);
        (await Index.SearchAsync(new ChunkQuery("secret", Vector: null, Model: null, 10), Filter("globex", "eve"), Cancellation)).Keyword.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("alice", "", "public alice's")]
    [InlineData("alice", "staff finance", "public alice's staff's both")]
    [InlineData("bob", "finance", "public both")]
    [InlineData("bob", "STAFF", "public")]
    [InlineData("group:staff", "", "public")]
    [InlineData("public", "", "public")]
    public async Task SearchAsync_AccessLists_ShowWhatThePrincipalMayRead(string subject, string groups, string expected)
    {
        var access = new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["public"] = ["public"],
            ["alice's"] = ["user:alice"],
            ["staff's"] = ["group:staff"],
            ["both"] = ["group:finance", "user:nobody"],
            ["none"] = [],
            ["odd"] = ["alice", "staff", "*", "user:*", "group:"],
        };
        foreach (var (id, entries) in access)
            await Writer.ReplaceAsync(Document(id, "word") with { Access = entries }, Cancellation);
        PassOneSecond();

        var filter = Filter("acme", subject, groups.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var found = await Index.SearchAsync(new ChunkQuery("word", Vector(1, 0), Model, 10), filter, Cancellation);
        found.Keyword.Select(chunk => chunk.Chunk.DocumentId).ShouldBe(expected.Split(' '), ignoreOrder: true);
        found.Semantic.Select(chunk => chunk.Chunk.DocumentId).ShouldBe(expected.Split(' '), ignoreOrder: true);
    }

    [Fact]
    public async Task SearchAsync_ManyForbiddenBetterOnes_StillFillsTheLimit()
    {
        for (var i = 0; i < 20; i++)
            await Writer.ReplaceAsync(Document($"hidden{i}", "word word word") with { Access = ["user:bob"] }, Cancellation);
        await Writer.ReplaceAsync(Document("open", "word and other things", Vector(0.1f, 1)), Cancellation);
        PassOneSecond();

        (await KeywordAsync("word", limit: 1)).ShouldBe(["open"]);
        (await SemanticAsync(Vector(1, 0), Model, limit: 1)).ShouldBe(["open"]);
    }

    [Theory]
    [InlineData("de", "Die Mitarbeiter müssen ihre Überstunden melden.", "Was gilt für Überstunde und Mitarbeitern?")]
    [InlineData("fr", "Les employés déclarent l’absence à leur responsable.", "absences des employes")]
    [InlineData("ru", "Сотрудники отправляют отчёты о расходах.", "отчет о расходе")]
    [InlineData("zh", "员工应在七天内提交报销申请。", "报销申请")]
    [InlineData("ar", "يقدم الموظفون تقارير النفقات.", "تقرير النفقات الموظفين")]
    [InlineData("el", "Οι εργαζόμενοι υποβάλλουν αναφορές.", "ΑΝΑΦΟΡΕΣ")]
    [InlineData("tr", "Çalışanlar IŞIKLARI kapatır.", "ışıkları")]
    [InlineData("th", "พนักงานต้องส่งรายงานค่าใช้จ่าย", "รายงาน")]
    public async Task SearchAsync_OtherLanguage_FindsItsWords(string language, string text, string question)
    {
        await Writer.ReplaceAsync(Document("d1", text) with { Properties = Properties(language) }, Cancellation);
        await Writer.ReplaceAsync(Document("d2", "Something in English about other things.") with { Properties = Properties("en") }, Cancellation);
        PassOneSecond();
        (await KeywordAsync(question)).ShouldBe(["d1"]);
    }

    [Fact]
    public async Task SearchAsync_Code_IsFoundInAnyLanguage()
    {
        await Writer.ReplaceAsync(Document("en", "Report TR-2024-117 was filed.") with { Properties = Properties("en") }, Cancellation);
        await Writer.ReplaceAsync(Document("de", "Siehe den Bericht TR-2024-117.") with { Properties = Properties("de") }, Cancellation);
        await Writer.ReplaceAsync(Document("other", "Report TR-2024-118 was filed.") with { Properties = Properties("en") }, Cancellation);
        PassOneSecond();

        (await KeywordAsync("tr-2024-117", limit: 2)).ShouldBe(["en", "de"], ignoreOrder: true);
    }

    protected static ReadOnlyMemory<float> Vector(params float[] numbers) => numbers;

    protected static DocumentProperties Properties(string language) => new(DocumentProperties.Upload, "txt", language, Date: null, Tags: []);

    protected static AccessFilter Filter(string tenant, string subject, params string[] groups) =>
        AccessFilter.For(new Principal(tenant, subject, groups, [], Region: null));

    protected static IndexedDocument Document(string id, string text, ReadOnlyMemory<float>? vector = null, string section = "") =>
        Document(id, [(text, vector ?? Vector(1, 0))], section);

    protected static IndexedDocument Document(string id, (string Text, ReadOnlyMemory<float> Vector)[] chunks, string section = "") =>
        new("acme", id, "i1", 1, $"{id}.txt", "", Properties("en"), ["public"], Model,
            [.. chunks.Select((chunk, ordinal) => new ChunkEntry(ordinal, chunk.Text, section, Page: null, chunk.Vector))]);

    protected Task<ChunkCandidates> SearchAsync(ChunkQuery query) => Index.SearchAsync(query, Filter("acme", "alice"), Cancellation);

    protected async Task<List<string>> KeywordAsync(string text, int limit = 10) =>
        [.. (await SearchAsync(new ChunkQuery(text, Vector: null, Model: null, limit))).Keyword.Select(found => found.Chunk.DocumentId)];

    private async Task<List<string>> SemanticAsync(ReadOnlyMemory<float> vector, string model, int limit = 10) =>
        [.. (await SearchAsync(new ChunkQuery(Text: null, vector, model, limit))).Semantic.Select(found => found.Chunk.DocumentId)];
}
