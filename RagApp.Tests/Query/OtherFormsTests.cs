using RagApp.Contracts.Search;
using RagApp.Query.Rewriting;
using RagApp.Storage.Index;
using static RagApp.Tests.Query.QueryUnderTest;

namespace RagApp.Tests.Query;

/// <summary>Numbers, dates and names are found in the other forms that documents write them in.</summary>
public sealed class OtherFormsTests
{
    private static readonly IReadOnlyList<IndexedDocument> Library =
    [
        Document("iso.md", "The boat Tern was put into the water on 2026-03-05."),
        Document("dots.md", "The boat Auk was put into the water on 11.06.2026."),
        Document("short.md", "The boat Knot was put into the water on 7.4.26."),
        Document("words.md", "The boat Skua was put into the water on May 9th, 2026."),
        Document("german.md", "The boat Eider was put into the water on 17. September 2025."),
        Document("digits.md", "The boat Gull was put into the water on 20261019."),
        Document("plain.md", "The dam holds 1480000 litres of water."),
        Document("commas.md", "The lake holds 2,590,000 litres of water."),
        Document("points.md", "The pool holds 3.170.000 litres of water."),
        Document("spaces.md", "The tank holds 4 620 700 litres of water."),
        Document("umlaut.md", "The water is tested by Müller."),
        Document("vowels.md", "The boats are tested by Koerner."),
    ];

    [Theory]
    [InlineData("Which boat was launched on 5 March 2026?", "iso.md")]
    [InlineData("Welches Boot kam am 5. März 2026 ins Wasser?", "iso.md")]
    [InlineData("05.03.2026", "iso.md")]
    [InlineData("5.3.26", "iso.md")]
    [InlineData("Which boat was launched on June 11, 2026?", "dots.md")]
    [InlineData("2026-06-11", "dots.md")]
    [InlineData("¿Qué barco salió el 7 de abril de 2026?", "short.md")]
    [InlineData("Which boat was launched on 2026-05-09?", "words.md")]
    [InlineData("2025-09-17", "german.md")]
    [InlineData("Which boat was launched on 19 October 2026?", "digits.md")]
    [InlineData("What holds 1,480,000 litres?", "plain.md")]
    [InlineData("What holds 1 480 000 litres?", "plain.md")]
    [InlineData("What holds 2590000 litres?", "commas.md")]
    [InlineData("What holds 3,170,000 litres?", "points.md")]
    [InlineData("What holds 4620700 litres?", "spaces.md")]
    [InlineData("Mueller", "umlaut.md")]
    [InlineData("Körner", "vowels.md")]
    public async Task Search_OtherForm_FindsItFirst(string question, string path)
    {
        await using var query = await StartAsync(Library, Cancellation);

        (await query.SearchAsync(new SearchRequest(question))).Hits.MaxBy(hit => hit.KeywordScore)!.Path.ShouldBe(path);
        (await query.SearchAsync(new SearchRequest(question, Mode: SearchMode.Keyword))).Hits[0].Path.ShouldBe(path);
    }

    [Theory]
    [InlineData("How many days of leave in 2024?")]
    [InlineData("What does TR-2024-117 say?")]
    [InlineData("Call 555-1234 at 10.1.2")]
    [InlineData("The value of the blue queue is due")]
    [InlineData("31.02.2026")]
    public void Of_QuestionWithoutThem_IsEmpty(string question) => OtherForms.Of(question).ShouldBeEmpty();
}
