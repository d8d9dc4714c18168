using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.Gateway.Answers;
using RagApp.Gateway.Answers.Extractive;
using RagApp.Text.Analysis;

namespace RagApp.Tests.Gateway.Extractive;

public sealed class TableLookupTests
{
    private const string Zones = "Zone | 2022 | 2023\nZone North | 5,659 | 6,082\nZone South | 2,677 | 2,548";
    private const string Hotels = "City | Limit per night\nBerlin / Munich | 120 euro\nLondon; Paris | 190 euro";
    private const string Named = "Team | Cups\nTeam: Blues | Cups: 1\nTeam: Leafs | Cups: 13";

    [Theory]
    [InlineData(Zones, "What did Zone South have in 2022?", "2,677")]
    [InlineData(Zones, "What did Zone North have in 2023?", "6,082")]
    [InlineData(Hotels, "What is the limit per night in Munich?", "120 euro")] // a row for several names
    [InlineData(Hotels, "What is the limit per night in Paris?", "190 euro")]
    [InlineData(Named, "How many cups does the team Leafs have?", "13")]
    public void Find_QuestionNamesRowAndColumn_GivesTheCell(string table, string question, string expected)
    {
        var found = Find(table, question);

        table[found!.Span.Start..found.Span.End].ShouldBe(expected);
    }

    [Theory]
    [InlineData(Zones, "What did Zone West have in 2022?")] // half of the label is not the label
    [InlineData(Hotels, "What is the limit per night in Rome?")]
    [InlineData(Zones, "Who is the chief marketing officer?")]
    [InlineData("No table here. Zone South had 2,677.", "What did Zone South have in 2022?")]
    [InlineData("", "What did Zone South have in 2022?")]
    public void Find_QuestionNamesNoRow_FindsNothing(string table, string question) => Find(table, question).ShouldBeNull();

    private static CellFound? Find(string text, string question)
    {
        var passage = new SearchHit("id", Version: 1, Ordinal: 0, Title: "", Path: "a.md", Section: "", Page: null, text, Score: 1, KeywordScore: 1, SemanticScore: 0.9)
        {
            Properties = new DocumentProperties(DocumentProperties.Upload, "md", "en", Date: null, []),
        };
        return new TableLookup(new TextAnalysis()).Find(
            new Question(new Principal("acme", "ann", [], [], Region: null), question, [passage], []), passage, QuotableSentences.Of(text));
    }
}
