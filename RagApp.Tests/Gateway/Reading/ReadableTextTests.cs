using RagApp.Contracts.Reading;
using RagApp.Gateway.Answers.Reading;

namespace RagApp.Tests.Gateway.Reading;

public sealed class ReadableTextTests
{
    [Theory]
    [InlineData("No table here.\nAnd none here.", "No table here.\nAnd none here.")]
    [InlineData("2015 | 2016\nSales | 13,410 | 17,619", "2015 | 2016\nSales | 2015: 13,410 | 2016: 17,619")]
    [InlineData("Type | 2015 | 2016\nSales | 13,410 | 17,619", "Type | 2015 | 2016\nSales | 2015: 13,410 | 2016: 17,619")]
    [InlineData("2015 | 2016\nSales | $ | 13,410 | $ | 17,619", "2015 | 2016\nSales | $ | 2015: 13,410 | $ | 2016: 17,619")]
    [InlineData("2015 | 2016 | 2017\nSales | 13,410", "2015 | 2016 | 2017\nSales | 13,410")] // cells are missing: nobody knows which
    [InlineData("Country | 2024\nCountry: France | 2024: 95", "Country | 2024\nCountry: France | 2024: 95")]
    [InlineData("Country | Nights\nCountry: France | Nights: 3", "Country | Nights\nCountry: France | Nights: 3")]
    [InlineData("| | 2019 | 2018 |\n|---|---|---|\n| Land | $1,949 | $2,185 |", "| | 2019 | 2018 |\n|---|---|---|\n| Land | 2019: $1,949 | 2018: $2,185 |")]
    public void Of_Passage_NamesTheCells(string passage, string expected) => ReadableText.Of(passage).Text.ShouldBe(expected);

    [Theory]
    [InlineData("17,619", "17,619")]
    [InlineData("2016: 17,619", "17,619")]
    [InlineData("13,410 | 2016: 17,619", "13,410 | 17,619")]
    [InlineData("Sales", "Sales")]
    [InlineData("Before", "Before")]
    public void ToPassage_Span_IsTheSameWordsWithoutNames(string words, string expected)
    {
        const string Passage = "Before.\n2015 | 2016\nSales | 13,410 | 17,619\nAfter.";
        var readable = ReadableText.Of(Passage);
        var at = readable.Text.LastIndexOf(words, StringComparison.Ordinal);

        var span = readable.ToPassage(new ReadSpan(at, at + words.Length, 1, IsInContext: false));

        Passage[span.Start..span.End].ShouldBe(expected);
    }
}
