using RagApp.Contracts.Search;
using RagApp.Storage.Index;
using static RagApp.Tests.Query.QueryUnderTest;

namespace RagApp.Tests.Query;

/// <summary>Spelling correction with words of passages that the user may read, through the real query router.</summary>
public sealed class SpellingTests
{
    private static readonly IReadOnlyList<IndexedDocument> Library =
    [
        Document("leave.md", "Employees have thirty days of annual leave."),
        Document("pay.md", "The remuneration of directors is decided by the board.", access: "group:board"),
    ];

    [Fact]
    public async Task Search_MisspeltWord_IsCorrectedAndTheQuestionAsAskedTakesPart()
    {
        await using var query = await StartAsync(Library, Cancellation);

        var found = await query.SearchAsync(new SearchRequest("how many days of anual leave"));

        found.Hits[0].Path.ShouldBe("leave.md");
        found.Explain.Rewrites.ShouldNotBeNull().Corrected.ShouldBe("how many days of annual leave");
        query.Embedded.ShouldBe(["how many days of anual leave", "how many days of annual leave"]);
    }

    [Theory]
    [InlineData("remunaration of employees")] // the right word is only where Alice may not read
    [InlineData("days of \"anual\" leave")]
    [InlineData("days of leave in anual-2024")]
    [InlineData("days of leave for ANUAL")]
    [InlineData("days of leave for Anual")]
    [InlineData("anwual emploiees")] // most words unknown: not misspelt, but something else
    [InlineData("Wie viele Tage sind thierty")] // no passage is in German
    public async Task Search_AnythingElse_IsNotCorrected(string question)
    {
        await using var query = await StartAsync(Library, Cancellation);

        (await query.SearchAsync(new SearchRequest(question))).Explain.Rewrites?.Corrected.ShouldBeNull();
    }

    [Fact]
    public async Task Search_MisspeltWordForThoseWhoMayRead_IsCorrected()
    {
        await using var query = await StartAsync(Library, Cancellation);

        var found = await query.SearchAsync(new SearchRequest("remunaration of employees"), Alice with { Groups = ["board"] });

        found.Explain.Rewrites.ShouldNotBeNull().Corrected.ShouldBe("remuneration of employees");
    }
}
