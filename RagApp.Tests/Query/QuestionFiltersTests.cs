using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Search;
using RagApp.Query.Routing;
using RagApp.Storage.Access;
using RagApp.Storage.Documents;
using RagApp.Storage.Index;
using static RagApp.Tests.Query.QueryUnderTest;

namespace RagApp.Tests.Query;

/// <summary>Filters that are recognised in the question's own words, through the real query router.</summary>
public sealed class QuestionFiltersTests
{
    private static readonly IReadOnlyList<IndexedDocument> Library =
    [
        Document("handbook-2023.md", "Employees have twenty days of annual leave.", title: "Employee handbook 2023"),
        Document("handbook-2024.md", "Employees have thirty days of annual leave.", title: "Employee handbook 2024"),
        Document("secret.md", "The board has sixty days of annual leave.", access: "group:board", title: "Board handbook 2025", tags: "secret"),
        Document("leave.pdf", "Annual leave is asked for in writing.", type: "pdf", tags: "hr:leave"),
    ];

    [Theory]
    [InlineData("How many days of leave are in the 2024 handbook?")]
    [InlineData("days of annual leave according to the employee handbook for 2024")]
    public async Task Search_InTheDocumentOfAYear_FindsNothingElse(string question)
    {
        await using var query = await StartAsync(Library, Cancellation);

        var found = await query.SearchAsync(new SearchRequest(question));

        found.Hits.ShouldHaveSingleItem().Path.ShouldBe("handbook-2024.md");
        found.Explain.FoundFilters.ShouldNotBeNull().Documents.ShouldBe([DocumentIds.For("acme", "handbook-2024.md")]);
        found.Explain.FoundFiltersDropped.ShouldBeFalse();
    }

    [Theory]
    [InlineData("Find PDF documents about annual leave", "leave.pdf")]
    [InlineData("annual leave tagged hr:leave", "leave.pdf")]
    public async Task Search_OfATypeOrTag_FindsNothingElse(string question, string path)
    {
        await using var query = await StartAsync(Library, Cancellation);

        (await query.SearchAsync(new SearchRequest(question))).Hits.ShouldHaveSingleItem().Path.ShouldBe(path);
    }

    [Fact]
    public async Task Search_FiltersSwitchedOff_FindsAll()
    {
        await using var query = await StartAsync(Library, Cancellation);

        var found = await query.SearchAsync(new SearchRequest("annual leave in the 2024 handbook") { FindFilters = false });

        found.Hits.Count.ShouldBe(3);
        found.Explain.FoundFilters.ShouldBeNull();
    }

    [Fact]
    public async Task Search_FiltersThatLeaveNothing_AreDroppedAndSaidSo()
    {
        await using var query = await StartAsync(Library, Cancellation);

        var found = await query.SearchAsync(new SearchRequest("Show me all excel files about annual leave"));

        found.Hits.Count.ShouldBe(3);
        found.Explain.FoundFilters.ShouldNotBeNull().Types.ShouldBe(["excel"]);
        found.Explain.FoundFiltersDropped.ShouldBeTrue();
    }

    [Theory]
    [InlineData("annual leave in the 2025 handbook")]
    [InlineData("annual leave tagged secret")]
    [InlineData("annual leave tagged nonsense")]
    [InlineData("What happened in 2024?")]
    [InlineData("How do I save annual leave as PDF?")]
    public async Task Search_NothingReadableIsCalledSo_NamesNoFilter(string question)
    {
        await using var query = await StartAsync(Library, Cancellation);

        (await query.SearchAsync(new SearchRequest(question))).Explain.FoundFilters.ShouldBeNull();
    }

    [Fact]
    public async Task Search_FiltersOfTheCallerToo_BothHold()
    {
        await using var query = await StartAsync(Library, Cancellation);

        var found = await query.SearchAsync(new SearchRequest("annual leave in the 2024 handbook") { Filters = new() { Types = ["pdf"] } });

        found.Hits.ShouldHaveSingleItem().Path.ShouldBe("leave.pdf");
        found.Explain.FoundFilters.ShouldBeNull("no handbook is a PDF");
    }

    /// <summary>
    /// No corpus question is mistaken for one with a filter. The document's title contains every year and every kind of
    /// document, so that only the form of the question decides.
    /// </summary>
    [Fact]
    public async Task Find_QuestionsOfTheCorpora_NoneNamesAFilter()
    {
        var questions = CorpusQuestions.Sample();
        Assert.SkipWhen(questions.Count == 0, "The development corpus is not beside the checkout.");
        var years = string.Join(' ', Enumerable.Range(1900, 131));
        await using var query = await StartAsync(
            [Document("all.md", "All of them.", title: $"handbook manual guide guidelines policy brochure catalogue newsletter contract agreement {years}")], Cancellation);
        var filters = query.Services.GetRequiredService<QuestionFilters>();

        foreach (var question in questions)
            (await filters.FindAsync(question, given: null, AccessFilter.For(Alice), Cancellation)).ShouldBeNull(question);
    }
}
