using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.Gateway.Answers;
using RagApp.Gateway.Answers.Extractive;

namespace RagApp.Tests.Gateway.Extractive;

public sealed class CoverageTests
{
    [Theory]
    [InlineData("What were the sales in 2021?", "Sales: 2022 3,190, 2023 3,128.", true)]
    [InlineData("What were the sales in 2022?", "Sales: 2022 3,190, 2023 3,128.", false)]
    [InlineData("How many interceptions were there in 2015?", "The defense had 24 interceptions.", false)] // no year at all: it may be about any
    [InlineData("What does part 2015-7 cost?", "Sold since 1998.", false)] // a code is no year
    [InlineData("What were the sales?", "Sales: 2022 3,190.", false)]
    public void LacksYear_Question_ComparesItsYearsWithTheDocuments(string question, string text, bool expected)
    {
        var passage = Passage(text, "en");

        Coverage.LacksYear(Asked(question, passage), passage).ShouldBe(expected);
    }

    [Theory]
    [InlineData("| 2016 | 2017\nSales | 136 | 178", true)]
    [InlineData("Region\t2016\t2017\nNorth\t136\t178", true)]
    [InlineData("Sales grew from 2016 to 2017.\n\nThe staff did too.", false)]
    [InlineData("| 2018 | 2019 | 2020\nSales | 136 | 178 | 201", false)]
    [InlineData("| 2018 | 2019\nSales | 136 | 178", false, "Report for 2020")] // the heading says it
    [InlineData("\n\nNorth | 136\n", false)] // empty lines, and no year
    public void LacksYear_AnotherPassageHasTheYear_CountsOnlyForATableWithColumnsOfOtherYears(string text, bool expected, string section = "")
    {
        var passage = Passage(text, "en") with { Section = section };
        var other = Passage("The loan ends in 2020.", "en");

        Coverage.LacksYear(Asked("What were the sales in 2020?", passage) with { Candidates = [passage, other] }, passage).ShouldBe(expected);
    }

    [Theory]
    [InlineData("What did Microsoft pay for Dropbox?", "en", "en", true)]
    [InlineData("What did Microsoft pay for LinkedIn?", "en", "en", false)]
    [InlineData("Dropbox was paid by whom?", "en", "en", false)] // every question begins with a capital
    [InlineData("Was hat Microsoft für Dropbox bezahlt?", "de", "de", false)] // every German noun has one
    [InlineData("What did Microsoft pay for Dropbox?", "en", "ru", false)] // names are written otherwise
    public void LacksName_Question_ComparesItsNamesWithTheDocuments(string question, string asked, string written, bool expected)
    {
        var passage = Passage("Microsoft paid 26.2 billion for LinkedIn.", written);

        Coverage.LacksName(Asked(question, passage), passage, asked).ShouldBe(expected);
    }

    [Theory]
    [InlineData("Who left on 5 March 2026?", "Ann left on 2026-03-05, Ben on 7 April 2026.", true, false)]
    [InlineData("Who left on 5 March 2026?", "Ann left on 05.03.26.", true, false)]
    [InlineData("Who left on 5 March 2026?", "Ann left on 03/05/2026.", true, false)] // month first
    [InlineData("Who left on 6 March 2026?", "Ann left on 2026-03-05.", false, true)]
    [InlineData("Who left on 6 March 2026?", "Ann left early.", false, false)] // no day at all: it may be about any
    [InlineData("Who left in March 2026?", "Ann left on 2026-03-05.", false, false)] // no day is asked for
    public void Days_Question_ComparesItsDaysWithThePassages(string question, string text, bool has, bool lacks)
    {
        var passage = Passage(text, "en");

        Coverage.HasDay(Asked(question, passage), passage).ShouldBe(has);
        Coverage.LacksDay(Asked(question, passage), passage).ShouldBe(lacks);
    }

    private static Question Asked(string question, SearchHit passage) => new(new Principal("acme", "ann", [], [], Region: null), question, [passage], []);

    private static SearchHit Passage(string text, string language) => new(
        "id", Version: 1, Ordinal: 0, Title: "", Path: "a.md", Section: "", Page: null, text, Score: 1, KeywordScore: 1, SemanticScore: 0.9)
    {
        Properties = new DocumentProperties(DocumentProperties.Upload, "md", language, Date: null, []),
    };
}
