using System.Text;
using RagApp.Parsing;
using static RagApp.Tests.Parsing.Formats.TestFiles;

namespace RagApp.Tests.Parsing.Formats;

public sealed class HtmlTests
{
    [Theory]
    [InlineData("<p>Costs 500<sup><a href=#n>1</a></sup>, was <del>410</del> 430</p>", "Costs 500 [1], was ~~410~~ 430")]
    [InlineData("<p>Take <math><mfrac><mi>F</mi><msup><mi>d</mi><mn>2</mn></msup></mfrac></math>.</p>", "Take F/d^2 .")]
    [InlineData("<p><label>Cabin <select><option>Inside<option selected>Sea view</select></label> <input type=checkbox checked> Breakfast <input type=password value=secret></p>", "Cabin Sea view [x] Breakfast")]
    [InlineData("<p><textarea>Ground floor</textarea><input value='Ragna Holt'></p>", "Ground floor Ragna Holt")]
    [InlineData("<p><img alt='Plan of deck 3'><img alt=icon></p>", "Plan of deck 3")]
    public void Read_Page_SaysWhatAPersonSees(string html, string text) => Texts(Page(html)).ShouldBe([text]);

    [Fact]
    public void Read_Lists_HaveTheirNumbersAndTerms() =>
        Texts(Page("<ol start=3><li>Oil<ol type=a><li>Drain<li>Fill</ol><li>Belt</ol><ul><li>Rag</ul><dl><dt>Ballast<dd>Weight in the keel.<dd>Also sand.<dt>Bilge</dl>"))
            .ShouldBe(["3. Oil", "a. Drain", "b. Fill", "4. Belt", "Rag", "Ballast: Weight in the keel.", "Also sand.", "Bilge"]);

    [Fact]
    public void Read_MergedCells_RepeatTheirTextAndNameColumns() =>
        Texts(Page("<table><tr><th rowspan=2>Group<th colspan=2>Guests<tr><th>Summer<th>Winter<tr><td rowspan=2>Adults<td>32<td>39<tr><td>8<td>9</table>"))
            .ShouldBe(["Group | Guests Summer | Guests Winter", "Adults | 32 | 39", "Adults | 8 | 9"]);

    [Fact]
    public void Read_ManyCellsThatCoverABillionRows_CostNoMoreThanThemselves()
    {
        var result = Page("<table>" + Repeat("<tr>" + Repeat("<td rowspan=1000000000 colspan=1000000000>label", 20) + "<td>x", 400) + "</table>");

        result.Outcome.ShouldBe(ParseOutcome.Text);
        result.Blocks.Sum(block => block.Text.Length).ShouldBeLessThan(2_000_000);
    }

    [Fact]
    public void Read_BoldLinesAboveText_AreHeadings() =>
        Page("<p><b>Yearly report</b></p><p><b>Income</b></p><p>Fees brought 88,400 crowns.</p>").Blocks.Select(block => (block.Kind, block.Level))
            .ShouldBe([(BlockKind.Heading, 1), (BlockKind.Heading, 2), (BlockKind.Paragraph, 0)]);

    [Fact]
    public void Read_DeclaredEncodingThatTheBytesContradict_IsNotBelieved() =>
        Texts(Read([.. "<html><head><meta charset=utf-8></head><body><p>Le caf"u8, 0xE9, .. " co"u8, 0xFB, .. "te 3 "u8, 0x80, .. " "u8, 0xE0, .. " la terrasse, l'"u8, 0xE9, .. "t"u8, 0xE9, .. " aussi.</p>"u8], "a.html"))
            .ShouldBe(["Le café coûte 3 € à la terrasse, l'été aussi."]);

    [Fact]
    public void Read_DocumentTypeWithHarmlessDeclarations_IsRead() =>
        Texts(Page("<?xml version=\"1.0\"?><!DOCTYPE html [ <!ATTLIST p id ID #IMPLIED> ]><html><body><p>Seen</p></body></html>")).ShouldBe(["Seen"]);

    [Fact]
    public void Read_DocumentTypeWithEntities_IsRefused() =>
        Page("<?xml version=\"1.0\"?><!DOCTYPE html [ <!ENTITY x SYSTEM \"file:///etc/passwd\"> ]><html><body><p>&x;</p></body></html>").Outcome.ShouldBe(ParseOutcome.Refused);

    private static ParseResult Page(string html) => Read(Encoding.UTF8.GetBytes(html), "page.html");
}
