using System.Text;
using RagApp.Parsing;
using static RagApp.Tests.Parsing.Formats.TestFiles;

namespace RagApp.Tests.Parsing.Formats;

/// <summary>Reading of tables, the same in all formats: subheads, notes below them, and tables that stand side by side.</summary>
public sealed class TableTests
{
    private static readonly string[] Labelled = ["Region | Rate | Since", "Europe: France | 140 | 2019", "Europe: Spain | 120 | 2020", "Asia: Japan | 180 | 2021", "* from May on"];

    [Fact]
    public void Html_SubheadsAndNotes_GoWithTheirRows()
    {
        var result = Html("<table><tr><th>Region<th>Rate<th>Since<tr><td colspan=3>Europe<tr><td>France<td>140<td>2019<tr><td>Spain<td>120<td>2020<tr><td><b>Asia</b><td><td><tr><td>Japan<td>180<td>2021<tr><td colspan=3>* from May on</table>");

        Texts(result).ShouldBe(Labelled);
        result.Blocks[^1].Kind.ShouldBe(BlockKind.TableNote);
    }

    [Fact]
    public void Html_SubheadOfHeadCells_IsNoColumnName() =>
        Texts(Html("<table><tr><th>Region<th>Rate<tr><th colspan=2>Europe<tr><td>France<td>140<tr><th colspan=2>Asia<tr><td>Japan<td>180</table>"))
            .ShouldBe(["Region | Rate", "Europe: France | 140", "Asia: Japan | 180"]);

    [Fact]
    public void Html_SubheadsOfTwoLevels_AreBothTheLabel() =>
        Texts(Html("<table><tr><th>Town<th>Rate<tr><td colspan=2><b>Europe</b><tr><td colspan=2><b>North</b><tr><td>Oslo<td>140<tr><td colspan=2><b>South</b><tr><td>Rome<td>120</table>"))
            .ShouldBe(["Town | Rate", "Europe, North: Oslo | 140", "Europe, South: Rome | 120"]);

    [Fact]
    public void Html_RowsWithOneText_AreRowsWhenNothingMarksThem() =>
        Texts(Html("<table><tr><th>Name<th>Phone<tr><td>Ann<td><tr><td>Bo<td>4417<tr><td>Carl<td></table>")).ShouldBe(["Name | Phone", "Ann", "Bo | 4417", "Carl"]);

    [Fact]
    public void Html_Sum_EndsItsSubhead() =>
        Texts(Html("<table><tr><th>Item<th>2027<tr><td colspan=2><b>Current assets:</b><tr><td>Cash<td>160<tr><td>Total current assets<td>160<tr><td>Goodwill<td>109</table>"))
            .ShouldBe(["Item | 2027", "Current assets: Cash | 160", "Current assets: Total current assets | 160", "Goodwill | 109"]);

    [Fact]
    public void Html_SumInBold_HasNoLabel() =>
        Texts(Html("<table><tr><th>Item<th>Crowns<tr><td colspan=2><b>Tools</b><tr><td>Saw<td>40<tr><td><b>All</b><td><b>90</b></table>")).ShouldBe(["Item | Crowns", "Tools: Saw | 40", "All | 90"]);

    [Fact]
    public void Markdown_BoldSubheads_GoWithTheirRows() =>
        Texts(Read("| Region | Rate | Since |\n|---|---|---|\n| **Europe** | | |\n| France | 140 | 2019 |\n| Spain | 120 | 2020 |\n| **Asia** | | |\n| Japan | 180 | 2021 |\n| * from May on | | |\n", "a.md"))
            .ShouldBe(Labelled);

    [Fact]
    public void Docx_SubheadsAndNotes_GoWithTheirRows() =>
        Texts(Docx(WordRow("Region", "Rate", "Since") + WordSpan("Europe") + WordRow("France", "140", "2019") + WordRow("Spain", "120", "2020") + WordRow("<w:b/>Asia", "", "") + WordRow("Japan", "180", "2021") + WordSpan("* from May on")))
            .ShouldBe(Labelled);

    [Fact]
    public void Pptx_SubheadsAndNotes_GoWithTheirRows()
    {
        static string Cell(string text, string span = "") => $"<a:tc {span}><a:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></a:txBody></a:tc>";
        static string Row(params string[] texts) => $"<a:tr>{string.Concat(texts.Select(text => Cell(text)))}</a:tr>";
        static string Span(string text) => $"<a:tr>{Cell(text, "gridSpan=\"3\"")}{Cell("", "hMerge=\"1\"")}{Cell("", "hMerge=\"1\"")}</a:tr>";
        var slide = $"<p:sld {Slide}><p:cSld><p:spTree><p:graphicFrame><a:graphic><a:graphicData><a:tbl>"
            + Row("Region", "Rate", "Since") + Span("Europe") + Row("France", "140", "2019") + Row("Spain", "120", "2020") + Span("Asia") + Row("Japan", "180", "2021") + Span("* from May on")
            + "</a:tbl></a:graphicData></a:graphic></p:graphicFrame></p:spTree></p:cSld></p:sld>";
        var deck = Zip(
            ("_rels/.rels", Rels(("r", "officeDocument", "ppt/presentation.xml"))),
            ("ppt/presentation.xml", $"<p:presentation {Slide}><p:sldIdLst><p:sldId id=\"256\" r:id=\"s\"/></p:sldIdLst></p:presentation>"),
            ("ppt/_rels/presentation.xml.rels", Rels(("s", "slide", "slides/slide1.xml"))),
            ("ppt/slides/slide1.xml", slide));

        Texts(Read(deck)).Skip(1).ShouldBe(Labelled);
    }

    [Fact]
    public void Rtf_BoldSubheads_GoWithTheirRows()
    {
        static string Row(params string[] texts) => @"\trowd\cellx1000\cellx2000\cellx3000 \intbl " + string.Concat(texts.Select(text => text + @"\cell ")) + @"\row ";

        Texts(Read(@"{\rtf1 " + Row("Region", "Rate", "Since") + Row(@"{\b Europe}", "", "") + Row("France", "140", "2019") + Row("Spain", "120", "2020") + Row(@"{\b Asia}", "", "") + Row("Japan", "180", "2021") + Row("* from May on", "", "") + @"\pard\par}", "a.rtf"))
            .ShouldBe(Labelled);
    }

    [Fact]
    public void Sheet_SubheadsAndNotes_GoWithTheirRows()
    {
        var result = Ods(Row("Region", "Rate", "Since") + Span("Europe") + Row("France", "140", "2019") + Row("Spain", "120", "2020") + Span("Asia") + Row("Japan", "180", "2021") + Span("* from May on"));

        Texts(result).ShouldBe(
        [
            "Depot", "Region | Rate | Since", "Europe | Region: France | Rate: 140 | Since: 2019", "Europe | Region: Spain | Rate: 120 | Since: 2020",
            "Asia | Region: Japan | Rate: 180 | Since: 2021", "* from May on",
        ]);
        result.Blocks[^1].Kind.ShouldBe(BlockKind.TableNote);
    }

    [Fact]
    public void Sheet_TablesSideBySide_AreReadOneAfterTheOther() =>
        Texts(Ods(Row("Depot", "Phone", "", "Shift", "Begins") + Row("North", "4417", "", "Early", "06:00") + Row("South", "4420", "", "Late", "14:00") + Row("West", "4431"))).ShouldBe(
        [
            "Depot", "Depot | Phone", "Depot: North | Phone: 4417", "Depot: South | Phone: 4420", "Depot: West | Phone: 4431",
            "Shift | Begins", "Shift: Early | Begins: 06:00", "Shift: Late | Begins: 14:00",
        ]);

    [Fact]
    public void Sheet_LabelsAndValuesSideBySide_AreTwoBlocks() =>
        Texts(Ods(Row("Customer no.", "Order no.", "", "Net", "1,300.00") + Row("K-118", "4711", "", "VAT", "325.00") + Row("", "", "", "Total", "1,625.00")))
            .TakeLast(3).ShouldBe(["Net | 1,300.00", "VAT | 325.00", "Total | 1,625.00"]);

    [Theory]
    [InlineData("Income", "2023", "", "2022", "Change")] // an empty column as a space
    [InlineData("Income", "2023", "", "Members", "")]
    public void Sheet_EmptyColumnInATable_PartsNothing(params string[] names) =>
        Texts(Ods(Row(names) + Row("Fees", "88", "", "82", "6") + Row("Grants", "12", "", "9", "3")))[2].ShouldBe($"Income: Fees | 2023: 88 | {names[3]}: 82 | {(names[4].Length > 0 ? names[4] + ": " : "")}6");

    [Fact]
    public void Sheet_HiddenColumn_PartsNothing() =>
        Texts(Ods(Row("Depot", "Phone", "x", "Shift", "Begins") + Row("North", "4417", "x", "Early", "06:00") + Row("South", "4420", "x", "Late", "14:00"), "<table:table-column table:number-columns-repeated=\"2\"/><table:table-column table:visibility=\"collapse\"/>"))
            .ShouldContain("Depot: North | Phone: 4417 | Shift: Early | Begins: 06:00");

    [Fact]
    public void Sheet_LongTablesSideBySide_KeepEveryRow()
    {
        const int Rows = 6_000;
        var rows = Row("Depot", "Phone", "", "Shift", "Begins") + string.Concat(Enumerable.Range(1, Rows).Select(at => Row($"D{at}x", $"{at}", "", $"S{at}x", $"{at}")));

        Texts(Ods(rows)).Order(StringComparer.Ordinal).ShouldBe(
            new[] { "Depot", "Depot | Phone", "Shift | Begins" }.Concat(Enumerable.Range(1, Rows).SelectMany(at => new[] { $"Depot: D{at}x | Phone: {at}", $"Shift: S{at}x | Begins: {at}" })).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Html_TablesSideBySideInOne_AreReadOneAfterTheOther() =>
        Texts(Html("<table><tr><th>Depot<th>Phone<td><th>Shift<th>Begins<tr><td>North<td>4417<td><td>Early<td>06:00<tr><td>South<td>4420<td><td>Late<td>14:00</table>"))
            .ShouldBe(["Depot | Phone", "North | 4417", "South | 4420", "Shift | Begins", "Early | 06:00", "Late | 14:00"]);

    [Fact]
    public void Html_TablesPlacedByATable_AreTablesOfTheirOwn() =>
        Texts(Html("<table><tr><td>Brekke Ropes<br>Quay Road 4<td><table><tr><td>Net<td>1,300.00<tr><td>Total<td>1,625.00</table><tr><td colspan=2><table><tr><th>Item<th>Price<tr><td>Rope<td>118.00</table></table>"))
            .ShouldBe(["Brekke Ropes Quay Road 4", "Net | 1,300.00", "Total | 1,625.00", "Item | Price", "Rope | 118.00"]);

    [Fact]
    public void Html_TableInACellBesideAText_IsTextOfTheCell() =>
        Texts(Html("<table><tr><th>Part<th>Data<tr><td>Pump 3<td><table><tr><td>Weight<td>41 kg<tr><td>Power<td>4 kW</table></table>")).ShouldBe(["Part | Data", "Pump 3 | Weight 41 kg Power 4 kW"]);

    private static ParseResult Html(string html) => Read(Encoding.UTF8.GetBytes(html), "page.html");

    private static ParseResult Ods(string rows, string columns = "") => Read(
        "<?xml version=\"1.0\"?><office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\">"
        + $"<office:body><office:spreadsheet><table:table table:name=\"Depot\">{columns}{rows}</table:table></office:spreadsheet></office:body></office:document>", "a.fods");

    private static string Row(params string[] texts) => $"<table:table-row>{string.Concat(texts.Select(text => $"<table:table-cell><text:p>{text}</text:p></table:table-cell>"))}</table:table-row>";

    private static string Span(string text) => $"<table:table-row><table:table-cell table:number-columns-spanned=\"3\"><text:p>{text}</text:p></table:table-cell></table:table-row>";

    private static ParseResult Docx(string rows) => Read(Zip(
        ("_rels/.rels", Rels(("r", "officeDocument", "word/document.xml"))),
        ("word/document.xml", $"<w:document {Word}><w:body><w:tbl>{rows}</w:tbl></w:body></w:document>")));

    private static string WordRow(params string[] texts) => $"<w:tr>{string.Concat(texts.Select(text => WordCell(text, "")))}</w:tr>";

    private static string WordSpan(string text) => $"<w:tr>{WordCell(text, "<w:tcPr><w:gridSpan w:val=\"3\"/></w:tcPr>")}</w:tr>";

    private static string WordCell(string text, string properties) =>
        $"<w:tc>{properties}<w:p><w:r>{(text.StartsWith("<w:b/>", StringComparison.Ordinal) ? "<w:rPr><w:b/></w:rPr>" : "")}<w:t>{text.Replace("<w:b/>", "", StringComparison.Ordinal)}</w:t></w:r></w:p></w:tc>";
}
