using RagApp.Parsing;
using RagApp.Parsing.Formats.Html;
using static RagApp.Tests.Parsing.Formats.TestFiles;

namespace RagApp.Tests.Parsing.Formats;

public sealed class HtmlNestingTests
{
    [Fact]
    public void Read_NestedHundredThousandDeep_IsReadWhole()
    {
        var result = Read($"<!doctype html><body>{Repeat("<div>", 100_000)}<p>bottom</p>{Repeat("</div>", 100_000)}<p>after</p>", "a.html");

        result.Outcome.ShouldBe(ParseOutcome.Text, result.Reason);
        Texts(result).ShouldBe(["bottom", "after"]);
    }

    [Fact]
    public void Limit_AsDeepAsAllowed_LeavesThePage()
    {
        var page = $"{Repeat("<div>", HtmlNesting.Deepest)}x{Repeat("</div>", HtmlNesting.Deepest)}";

        HtmlNesting.Limit(page).ShouldBeSameAs(page);
    }

    [Fact]
    public void Limit_OneTooDeep_TakesThatOnesTags()
    {
        var (open, close) = (Repeat("<div>", HtmlNesting.Deepest), Repeat("</div>", HtmlNesting.Deepest));

        HtmlNesting.Limit($"{open}<b class='>'>x</b>{close}<i>y</i>").ShouldBe($"{open} x {close}<i>y</i>");
    }

    [Theory]
    [InlineData("<p>")]
    [InlineData("<li>a")]
    [InlineData("<br/>")]
    [InlineData("<!-- <div> -->")]
    [InlineData("<script>'<div>'</script>")]
    [InlineData("a < b ")]
    [InlineData("</div>")]
    public void Limit_WhatDoesNotNest_StaysHoweverOften(string markup)
    {
        var page = Repeat(markup, 5_000);

        HtmlNesting.Limit(page).ShouldBeSameAs(page);
    }

    [Theory]
    [InlineData("<div title=\"")]
    [InlineData("<!--")]
    [InlineData("<script>")]
    [InlineData("<")]
    [InlineData("</")]
    public void Limit_WhatIsNeverClosed_EndsWithThePage(string markup)
    {
        var page = "text " + markup;

        HtmlNesting.Limit(page).ShouldBeSameAs(page);
    }
}
