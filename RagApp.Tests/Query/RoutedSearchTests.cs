using RagApp.Contracts.Search;
using RagApp.Storage.Index;
using static RagApp.Tests.Query.QueryUnderTest;

namespace RagApp.Tests.Query;

/// <summary>Routing of each kind of question by the real query router.</summary>
public sealed class RoutedSearchTests
{
    private static readonly IReadOnlyList<IndexedDocument> Library =
    [
        Document("leave.md", "Employees have thirty days of annual leave."),
        Document("school.md", "The annual report counts days on which employees leave."),
        Document("travel/policy.pdf", "Trains come before planes.", title: "The policy", type: "pdf"),
        Document("policy.md", "Every policy such as the travel policy.pdf is reviewed each year."),
        Document("report.md", "Incident TR-2024-117 was closed in March."),
        Document("secret.md", "Incident TR-2024-118 is about thirty days of annual leave of the board.", access: "group:board"),
    ];

    [Fact]
    public async Task Search_SmallTalk_IsAnsweredWithoutAnySearch()
    {
        await using var query = await StartAsync(Library, Cancellation);

        var found = await query.SearchAsync(new SearchRequest("Hallo, was kannst du?"));

        found.Reply.ShouldNotBeNull().ShouldStartWith("Ich finde Stellen");
        found.Hits.ShouldBeEmpty();
        found.Explain.Route.ShouldBe(SearchRoute.Help);
        query.Embedded.ShouldBeEmpty();
    }

    [Fact]
    public async Task Search_RequestThatNoDocumentCanAnswer_IsAnsweredWithoutAnySearch()
    {
        await using var query = await StartAsync(Library, Cancellation);

        var found = await query.SearchAsync(new SearchRequest("What is 17 times 23?"));

        found.Reply.ShouldNotBeNull().ShouldStartWith("I can't help with that");
        found.Hits.ShouldBeEmpty();
        found.Explain.Route.ShouldBe(SearchRoute.OutOfScope);
        query.Embedded.ShouldBeEmpty();
    }

    [Fact]
    public async Task Search_QuotedPhrase_FindsItWordForWordAndNothingUnreadable()
    {
        await using var query = await StartAsync(Library, Cancellation);

        var found = await query.SearchAsync(new SearchRequest("\"Days of  annual leave\""));

        found.Hits.ShouldHaveSingleItem().Path.ShouldBe("leave.md");
        found.Explain.Mode.ShouldBe(SearchMode.Keyword);
        found.Explain.Route.ShouldBe(SearchRoute.Exact);
        query.Embedded.ShouldBeEmpty();
    }

    [Fact]
    public async Task Search_QuotedPhraseThatNobodyWrote_GoesOnWithMeaningAndSaysSo()
    {
        await using var query = await StartAsync(Library, Cancellation);

        var found = await query.SearchAsync(new SearchRequest("\"annual days of leave\""));

        found.Hits[0].Path.ShouldBe("leave.md");
        found.Explain.Mode.ShouldBe(SearchMode.Hybrid);
        found.Explain.Reason.ShouldContain("as it is written");
    }

    [Theory]
    [InlineData("TR-2024-117", "report.md")]
    [InlineData("policy.pdf", "travel/policy.pdf")]
    [InlineData("travel/policy.pdf", "travel/policy.pdf")]
    [InlineData("days of leave", "leave.md")]
    public async Task Search_ByCodeNameOrWords_FindsThatDocumentFirst(string asked, string path)
    {
        await using var query = await StartAsync(Library, Cancellation);

        var found = await query.SearchAsync(new SearchRequest(asked));

        found.Hits[0].Path.ShouldBe(path);
    }

    [Theory]
    [InlineData("What is the state of incident TR-2024-119?", "TR-2024-119")]
    [InlineData("TR-2024-119", "TR-2024-119")]
    [InlineData("What is the state of incident TR-2024-118?", "TR-2024-118")] // only where Alice may not read
    [InlineData("What is the state of incident TR-2024-117?", null)]
    [InlineData("What was the profit in FY2023 and in Q3?", null)]
    [InlineData("What was the profit in Q1-2023 and MAY-2024?", null)]
    [InlineData("Who inspects valve VX-2049?", "VX-2049")]
    public async Task Search_CodeThatNoReadablePassageHas_IsSaidToBeUnknown(string asked, string? unknown)
    {
        await using var query = await StartAsync(Library, Cancellation);

        var found = await query.SearchAsync(new SearchRequest(asked));

        found.Explain.UnknownCodes.ShouldBe(unknown is null ? null : [unknown]);
    }

    [Theory]
    [InlineData("How many days of sabbatical leave?", "sabbatical")]
    [InlineData("How many days do the reports count?", null)] // "report" and "counts" are forms of the same words
    [InlineData("Who sits on the board?", "board")] // only where Alice may not read
    [InlineData("How many days of anual leave?", null)] // a misspelt word
    [InlineData("Do GPU days count?", "GPU")]
    [InlineData("Wie viele Tage Urlaub gibt es?", null)] // no document is in the language of the question
    public async Task Search_WordThatNoReadablePassageHas_IsSaidToBeUnknown(string asked, string? unknown)
    {
        await using var query = await StartAsync([.. Library, Book(1_000)], Cancellation);

        var found = await query.SearchAsync(new SearchRequest(asked));

        found.Explain.UnknownWords.ShouldBe(unknown is null ? null : [unknown]);
    }

    [Theory]
    [InlineData("acme", "How many days of sabbatical leave?", null)] // a title has it
    [InlineData("acme", "Sabbatical or acupuncture?", "acupuncture")]
    [InlineData("globex", "How many days of acupuncture leave?", null)] // another tenant, without documents
    public async Task Search_WordIsInATitleOrOfAnotherTenant_OnlyReadablePassagesCount(string tenant, string asked, string? unknown)
    {
        await using var query = await StartAsync([.. Library, Book(1_000), Document("rules.md", "Ask early.", title: "Sabbatical rules")], Cancellation);

        var found = await query.SearchAsync(new SearchRequest(asked), Alice with { Tenant = tenant });

        found.Explain.UnknownWords.ShouldBe(unknown is null ? null : [unknown]);
    }

    [Fact]
    public async Task Search_LongQuestion_NoWordIsSaidToBeUnknown()
    {
        await using var query = await StartAsync([.. Library, Book(1_000)], Cancellation);
        var asked = $"How many days of sabbatical leave {string.Concat(Enumerable.Repeat("and annual leave ", 20))}are there?";

        (await query.SearchAsync(new SearchRequest(asked))).Explain.UnknownWords.ShouldBeNull();
    }

    /// <summary>In a small collection, ordinary words are missing by chance.</summary>
    [Fact]
    public async Task Search_FewPassages_NoWordIsSaidToBeUnknown()
    {
        await using var query = await StartAsync([.. Library, Book(900)], Cancellation);

        (await query.SearchAsync(new SearchRequest("How many days of sabbatical leave?"))).Explain.UnknownWords.ShouldBeNull();
    }

    [Fact]
    public async Task Search_CodeOfAnUnreadableDocument_FindsNothingOfIt()
    {
        await using var query = await StartAsync(Library, Cancellation);

        var found = await query.SearchAsync(new SearchRequest("TR-2024-118"));

        found.Hits.ShouldAllBe(hit => hit.Path != "secret.md");
    }

    private static IndexedDocument Book(int pages)
    {
        var book = Document("book.md", "Gulls nest on the roof.");
        return book with { Chunks = [.. Enumerable.Range(0, pages).Select(page => book.Chunks[0] with { Ordinal = page })] };
    }
}
