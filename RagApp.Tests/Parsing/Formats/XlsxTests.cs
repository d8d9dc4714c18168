using RagApp.Parsing;
using RagApp.Parsing.Formats.Xlsx;
using static RagApp.Tests.Parsing.Formats.TestFiles;

namespace RagApp.Tests.Parsing.Formats;

public sealed class XlsxTests
{
    [Fact]
    public void Read_Sheet_RowsHaveTheNamesOfTheirColumns()
    {
        var result = Read(Book("""
            <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Nights</t></is></c></row>
            <row r="2"><c r="A2" t="str"><f>X()</f><v>France</v></c><c r="B2"><v>3</v></c></row>
            """));

        result.ContentType.ShouldBe(XlsxFormat.MediaType);
        result.Blocks.ShouldBe(
        [
            new TextBlock(BlockKind.Heading, "Trips", 1, null),
            new TextBlock(BlockKind.TableRow, "Country | Nights", 0, null),
            new TextBlock(BlockKind.TableRow, "Country: France | Nights: 3", 0, null),
        ]);
    }

    [Fact]
    public void Read_HiddenRowsAndColumns_AreLeftOut() =>
        Texts(Read(Book("""
            <row r="1"><c r="A1" t="inlineStr"><is><t>seen</t></is></c><c r="B1" t="inlineStr"><is><t>column</t></is></c></row>
            <row r="2" hidden="1"><c r="A2" t="inlineStr"><is><t>row</t></is></c></row>
            """, "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols>"))).ShouldBe(["Trips", "seen"]);

    [Fact]
    public void Read_HiddenSheet_IsLeftOut() =>
        Texts(Read(Book("<row><c t=\"inlineStr\"><is><t>x</t></is></c></row>", state: "veryHidden"))).ShouldBeEmpty();

    [Fact]
    public void Read_CornersOfAHugeSheet_AreTwoCells() =>
        Texts(Read(Book("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>first</t></is></c></row><row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>last</t></is></c></row>")))
            .ShouldBe(["Trips", "first", "last"]);

    [Fact]
    public void Read_EmptySheet_HasNoText() => Texts(Read(Book(""))).ShouldBeEmpty();

    [Fact]
    public void Read_Comment_NamesItsCell() =>
        Texts(Read(Book("<row r=\"1\"><c r=\"A1\"><v>5</v></c></row>", comments: "<comments><commentList><comment ref=\"A1\"><text><r><t>too low</t></r></text></comment></commentList></comments>")))
            .ShouldBe(["Trips", "5", "Comment on A1: too low"]);

    [Fact]
    public void Read_StrictNamespaces_IsReadAsWell() =>
        Texts(Read(Book("<row><c><v>7</v></c></row>", replace: text => text
            .Replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main", StringComparison.Ordinal)
            .Replace("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships", StringComparison.Ordinal))))
            .ShouldBe(["Trips", "7"]);

    [Fact]
    public void Read_ManySheetsOfOnePart_HitALimit()
    {
        var row = "<row>" + Repeat("<c t=\"inlineStr\"><is><t>words of a cell</t></is></c>", 20_000) + "</row>";

        Read(Book(row, sheets: 60)).Outcome.ShouldBe(ParseOutcome.LimitHit);
    }

    [Theory]
    [InlineData("45352", "yyyy\\-mm\\-dd;@", "2024-03-01")]
    [InlineData("45352.75", "d/m/yy h:mm", "2024-03-01 18:00")]
    [InlineData("0.125", "0.0%", "12.5%")]
    [InlineData("1234.5", "#,##0.00", "1,234.50")]
    [InlineData("1234.5", "[$€-407] #,##0.00", "€ 1,234.50")]
    [InlineData("-5", "0;[Red]-0", "-5")]
    [InlineData("0.30000000000000004", "", "0.3")]
    [InlineData("1.5", "[h]:mm", "36:00")]
    [InlineData("1.5", "[h]:mm:ss", "36:00:00")]
    [InlineData("4107", "00000", "04107")]
    [InlineData("81.5", "0.0\" kg\"", "81.5 kg")]
    [InlineData("18450000", "#,##0.00,,\"M\"", "18.45M")]
    [InlineData("2075550148", "(000) 000-0000", "(207) 555-0148")]
    [InlineData("-1234.5", "#,##0.00;[Red](#,##0.00)", "(1,234.50)")]
    [InlineData("-1234.5", "_(\"$\"* #,##0.00_);_(\"$\"* \\(#,##0.00\\);_(\"$\"* \"-\"??_);_(@_)", "$(1,234.50)")]
    [InlineData("0", "\"in stock\";\"owed\";\"sold out\"", "sold out")]
    [InlineData("3", "[=1]\"good\";[=3]\"poor\";\"-\"", "poor")]
    [InlineData("42", ";;;", "")]
    [InlineData("0.375", "# ?/?", "3/8")]
    [InlineData("-1.5", "# ?/?", "-1 1/2")]
    [InlineData("0.0000123", "0.00E+00", "1.23E-05")]
    [InlineData("not a number", "0.00", "not a number")]
    [InlineData("1E+300", "General", "1E+300")]
    public void Format_Number_IsWhatTheCellShows(string raw, string format, string shown) =>
        XlsxNumber.Format(raw, format, countsFrom1904: false).ShouldBe(shown);

    [Theory]
    [InlineData("Note", "", "Note")]
    [InlineData("Note", ";;;", "")]
    [InlineData("7b", "\"Bay \"@", "Bay 7b")]
    public void Format_Text_IsWhatTheCellShows(string text, string format, string shown) => XlsxNumber.Format(text, format).ShouldBe(shown);

    [Fact]
    public void Read_MergedCells_RepeatTheirTextAndNameColumns() =>
        Texts(Read(Book(
            Row(1, "Group", "Guests", "") + Row(2, "", "Summer", "Winter") + "<row r=\"3\"><c r=\"A3\" t=\"str\"><v>Adults</v></c><c r=\"B3\"><v>32</v></c><c r=\"C3\"><v>39</v></c></row>"
            + "<row r=\"4\"><c r=\"B4\"><v>8</v></c><c r=\"C4\"><v>9</v></c></row>",
            after: "<mergeCells><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"B1:C1\"/><mergeCell ref=\"A3:A4\"/><mergeCell ref=\"X1:XFD1048576\"/></mergeCells>")))
            .ShouldBe(["Trips", "Group | Guests Summer | Guests Winter", "Group: Adults | Guests Summer: 32 | Guests Winter: 39", "Group: Adults | Guests Summer: 8 | Guests Winter: 9"]);

    [Fact]
    public void Read_RowOfTexts_IsDataBelowColumnNames() =>
        Texts(Read(Book(Row(1, "Name", "Extension") + Row(2, "Ann", "none") + "<row r=\"3\"><c r=\"A3\" t=\"str\"><v>Bo</v></c><c r=\"B3\"><v>4417</v></c></row>" + Row(4, "Disa", "none"))))
            .ShouldBe(["Trips", "Name | Extension", "Name: Ann | Extension: none", "Name: Bo | Extension: 4417", "Name: Disa | Extension: none"]);

    [Fact]
    public void Read_FormulaWithoutValue_IsShownWithAWarning()
    {
        var result = Read(Book("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>Total</v></c><c r=\"B1\"><f>SUM(B2:B3)</f><v></v></c></row>"));

        Texts(result).ShouldBe(["Trips", "Total | =SUM(B2:B3)"]);
        result.Warnings.ShouldHaveSingleItem().ShouldContain("B1");
    }

    private static string Row(int number, params string[] texts) =>
        $"<row r=\"{number}\">{string.Concat(texts.Select((text, at) => text.Length == 0 ? "" : $"<c r=\"{(char)('A' + at)}{number}\" t=\"str\"><v>{text}</v></c>"))}</row>";

    private static byte[] Book(
        string rows, string columns = "", string state = "visible", string? comments = null, int sheets = 1, string after = "", Func<string, string>? replace = null)
    {
        var parts = new List<(string, string)>
        {
            ("_rels/.rels", Rels(("r", "officeDocument", "xl/workbook.xml"))),
            ("xl/workbook.xml", $"<workbook {Sheet}><sheets>{Repeat($"<sheet name=\"Trips\" state=\"{state}\" r:id=\"s\"/>", sheets)}</sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", Rels(("s", "worksheet", "worksheets/sheet1.xml"), ("t", "sharedStrings", "sharedStrings.xml"))),
            ("xl/sharedStrings.xml", $"<sst {Sheet}><si><r><t>Coun</t></r><r><t>try</t></r><rPh><t>x</t></rPh></si></sst>"),
            ("xl/worksheets/sheet1.xml", $"<worksheet {Sheet}>{columns}<sheetData>{rows}</sheetData>{after}</worksheet>"),
        };
        if (comments is not null)
        {
            parts.Add(("xl/worksheets/_rels/sheet1.xml.rels", Rels(("c", "comments", "../comments1.xml"))));
            parts.Add(("xl/comments1.xml", comments));
        }
        return Zip([.. parts.Select(part => (part.Item1, (replace ?? (text => text))(part.Item2)))]);
    }
}
