using RagApp.Parsing;
using RagApp.Parsing.Formats.OpenDocument;
using static RagApp.Tests.Parsing.Formats.TestFiles;

namespace RagApp.Tests.Parsing.Formats;

public sealed class OpenDocumentTests
{
    private const string Names =
        "xmlns:office=\"urn:o\" xmlns:text=\"urn:t\" xmlns:table=\"urn:b\" xmlns:draw=\"urn:d\" xmlns:presentation=\"urn:p\" xmlns:style=\"urn:s\" xmlns:dc=\"urn:c\" xmlns:meta=\"urn:m\"";

    [Fact]
    public void Read_Text_KeepsHeadingsListsTablesAndNotes()
    {
        var result = Read(Odf(OpenDocumentFormat.TextType, """
            <office:text>
            <text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>
            <text:h text:outline-level="2">Hotels</text:h>
            <text:p>Up to<text:s text:c="1"/>140<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>per night</text:p></text:note-body></text:note> euro</text:p>
            <text:list><text:list-item><text:p>one</text:p></text:list-item></text:list>
            <table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>
            </office:text>
            """));

        result.ContentType.ShouldBe(OpenDocumentFormat.TextType);
        result.Blocks.ShouldBe(
        [
            new TextBlock(BlockKind.Heading, "Hotels", 2, null),
            new TextBlock(BlockKind.Paragraph, "Up to 140 euro", 0, null),
            new TextBlock(BlockKind.Paragraph, "per night", 0, null),
            new TextBlock(BlockKind.ListItem, "one", 0, null),
            new TextBlock(BlockKind.TableRow, "a | b", 0, null),
        ]);
    }

    [Fact]
    public void Read_StylesOfTextAndLists_AreWrittenOut() =>
        Texts(Read("<?xml version=\"1.0\"?><office:document " + Names + """
             xmlns:fo="urn:f" office:mimetype="application/vnd.oasis.opendocument.text"><office:automatic-styles>
            <style:style style:name="T1"><style:text-properties style:text-position="super 58%"/></style:style>
            <style:style style:name="T2"><style:text-properties style:text-line-through-style="solid"/></style:style>
            <text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="1" text:display-levels="2"/></text:list-style>
            </office:automatic-styles><office:body><office:text>
            <text:p>EUR 500<text:span text:style-name="T1">1</text:span> was <text:span text:style-name="T2">410</text:span></text:p>
            <text:list text:style-name="L1"><text:list-item><text:p>Use</text:p></text:list-item><text:list-item><text:p>Rent</text:p><text:list><text:list-item><text:p>410 crowns</text:p></text:list-item></text:list></text:list-item></text:list>
            <table:table><table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>Adults</text:p></table:table-cell><table:table-cell><text:p>32</text:p></table:table-cell></table:table-row>
            <table:table-row><table:covered-table-cell/><table:table-cell><text:p>8</text:p></table:table-cell></table:table-row></table:table>
            </office:text></office:body></office:document>
            """, "a.fodt")).ShouldBe(["EUR 500 [1] was ~~410~~", "1. Use", "2. Rent", "2.1 410 crowns", "Adults | 32", "Adults | 8"]);

    [Fact]
    public void Read_RepeatedCellsAndRows_MultiplyNothing()
    {
        var result = Read(Odf(OpenDocumentFormat.SpreadsheetType, """
            <office:spreadsheet><table:table table:name="Costs">
            <table:table-row table:number-rows-repeated="2000000000"><table:table-cell table:number-columns-repeated="2000000000"><text:p>again</text:p></table:table-cell></table:table-row>
            <table:table-row table:visibility="collapse"><table:table-cell><text:p>hidden</text:p></table:table-cell></table:table-row>
            </table:table></office:spreadsheet>
            """));

        Texts(result).ShouldBe(["Costs", "again"]);
    }

    [Fact]
    public void Read_HiddenSheet_IsLeftOut() =>
        Texts(Read(Odf(OpenDocumentFormat.SpreadsheetType, """
            <office:spreadsheet><table:table table:name="No" table:style-name="off"><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>
            """, "<style:style style:name=\"off\"><style:table-properties table:display=\"false\"/></style:style>"))).ShouldBeEmpty();

    [Fact]
    public void Read_Slides_HavePagesTitlesAndNotes()
    {
        var result = Read(Odf(OpenDocumentFormat.PresentationType, """
            <office:presentation><draw:page><draw:frame presentation:class="title"><draw:text-box><text:p>Plan</text:p></draw:text-box></draw:frame>
            <presentation:notes><draw:frame><draw:text-box><text:p/><text:p>Say hello</text:p></draw:text-box></draw:frame></presentation:notes></draw:page></office:presentation>
            """));

        result.Blocks.ShouldBe([new TextBlock(BlockKind.Heading, "Plan", 1, 1), new TextBlock(BlockKind.Paragraph, "Notes: Say hello", 0, 1)]);
    }

    [Fact]
    public void Read_Encrypted_SaysPassword()
    {
        var result = Read(Zip(("mimetype", OpenDocumentFormat.TextType), ("content.xml", "\u0001\u0002"), ("META-INF/manifest.xml",
            "<!DOCTYPE m SYSTEM \"Manifest.dtd\"><m:manifest xmlns:m=\"urn:x\"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>")));

        result.Outcome.ShouldBe(ParseOutcome.Refused);
        result.Reason!.ShouldContain("password");
    }

    [Fact]
    public void Read_FlatFile_IsRead()
    {
        var result = Read($"<?xml version=\"1.0\"?><office:document {Names} office:mimetype=\"{OpenDocumentFormat.TextType}\"><office:meta><dc:title>T</dc:title></office:meta><office:body><office:text><text:p>Flat</text:p></office:text></office:body></office:document>", "a.fodt");

        Texts(result).ShouldBe(["Flat"]);
        result.Properties.Title.ShouldBe("T");
    }

    [Fact]
    public void Read_NestedLists_CostNoStack() =>
        Texts(Read(Odf(OpenDocumentFormat.TextType, "<office:text>" + Repeat("<text:list><text:list-item>", 60_000) + "<text:p>deep</text:p>" + Repeat("</text:list-item></text:list>", 60_000) + "</office:text>"))).ShouldBe(["deep"]);

    private static byte[] Odf(string type, string body, string styles = "") => Zip(
        ("mimetype", type),
        ("content.xml", $"<office:document-content {Names}><office:automatic-styles>{styles}</office:automatic-styles><office:body>{body}</office:body></office:document-content>"));
}
