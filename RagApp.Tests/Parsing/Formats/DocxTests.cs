using System.Text;
using RagApp.Parsing;
using RagApp.Parsing.Formats.Docx;
using static RagApp.Tests.Parsing.Formats.TestFiles;

namespace RagApp.Tests.Parsing.Formats;

public sealed class DocxTests
{
    [Fact]
    public void Read_TrackedChanges_AreReadAsAccepted() =>
        Texts(Read(Document("""
            <w:p><w:r><w:t xml:space="preserve">We pay </w:t></w:r><w:del><w:r><w:delText>100</w:delText></w:r></w:del><w:ins><w:r><w:t>140</w:t></w:r></w:ins></w:p>
            <w:moveFrom><w:p><w:r><w:t>moved</w:t></w:r></w:p></w:moveFrom><w:moveTo><w:p><w:r><w:t>moved</w:t></w:r></w:p></w:moveTo>
            """))).ShouldBe(["We pay 140", "moved"]);

    [Fact]
    public void Read_NotesCommentsAndPageLines_StandWhereTheyDoNotPartSentences() =>
        Texts(Read(Document(
            "<w:p><w:r><w:t>Body</w:t><w:footnoteReference w:id=\"2\"/><w:commentReference w:id=\"0\"/></w:r></w:p><w:p><w:r><w:t>More</w:t></w:r></w:p>",
            ("word/footnotes.xml", $"<w:footnotes {Word}><w:footnote w:id=\"2\"><w:p><w:r><w:t>Note</w:t></w:r></w:p></w:footnote></w:footnotes>"),
            ("word/comments.xml", $"<w:comments {Word}><w:comment w:id=\"0\" w:author=\"A\"><w:p><w:r><w:t>Why?</w:t></w:r></w:p></w:comment></w:comments>"),
            ("word/header1.xml", $"<w:hdr {Word}><w:p><w:r><w:t>Acme</w:t></w:r></w:p></w:hdr>"),
            ("word/header2.xml", $"<w:hdr {Word}><w:p><w:r><w:t>Acme</w:t></w:r></w:p></w:hdr>"),
            ("word/_rels/document.xml.rels", Rels(("h", "header", "header1.xml"), ("i", "header", "header2.xml"))))))
            .ShouldBe(["Body", "Note", "Comment: Why?", "More", "Acme"]);

    [Fact]
    public void Read_ScriptsInNotes_KeepTheirMeaning() =>
        Texts(Read(Document(
            "<w:p><w:r><w:t>Body</w:t><w:footnoteReference w:id=\"2\"/></w:r></w:p>",
            ("word/footnotes.xml", $"<w:footnotes {Word}><w:footnote w:id=\"2\"><w:p><w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> Holds 10</w:t></w:r><w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>6</w:t></w:r><w:r><w:t xml:space=\"preserve\"> litres of H</w:t></w:r><w:r><w:rPr><w:vertAlign w:val=\"subscript\"/></w:rPr><w:t>2</w:t></w:r><w:r><w:t>O.</w:t></w:r></w:p></w:footnote></w:footnotes>"),
            ("word/numbering.xml", $"<w:numbering {Word}/>")))).ShouldBe(["Body", "Holds 10^6 litres of H2O."]);

    [Fact]
    public void Read_TextBoxWithOlderCopy_IsReadOnce() =>
        Texts(Read(Document("""
            <w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">
            <mc:Choice><w:txbxContent><w:p><w:r><w:t>Box</w:t></w:r></w:p></w:txbxContent></mc:Choice>
            <mc:Fallback><w:txbxContent><w:p><w:r><w:t>Box</w:t></w:r></w:p></w:txbxContent></mc:Fallback>
            </mc:AlternateContent><w:t>Text</w:t></w:r></w:p>
            """))).ShouldBe(["Box", "Text"]);

    [Fact]
    public void Read_EmbeddedPage_IsReadInPlace() =>
        Texts(Read(Document(
            "<w:p><w:r><w:t>Before</w:t></w:r></w:p><w:altChunk xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" r:id=\"c\"/><w:p><w:r><w:t>After</w:t></w:r></w:p>",
            ("word/chunk.html", "<p>From a page</p>"),
            ("word/_rels/document.xml.rels", Rels(("c", "aFChunk", "chunk.html"))))))
            .ShouldBe(["Before", "From a page", "After"]);

    [Fact]
    public void Read_FieldsControlsAndFormulas_ShowTheirResult() =>
        Texts(Read(Document("""
            <w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGEREF x</w:instrText><w:fldChar w:fldCharType="end"/></w:r>
            <w:sdt><w:sdtContent><w:r><w:t xml:space="preserve">Chosen </w:t></w:r></w:sdtContent></w:sdt>
            <m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>a+b</m:t></m:r></m:oMath></w:p>
            """))).ShouldBe(["Chosen a+b"]);

    [Fact]
    public void Read_TruncatedMainPart_GivesWhatComesBefore()
    {
        var result = Read(Zip(("word/document.xml", $"<w:document {Word}><w:body><w:p><w:r><w:t>Kept</w:t></w:r></w:p><w:p><w:r><w:t>Lo")));

        Texts(result).ShouldBe(["Kept"]);
        result.Warnings.ShouldHaveSingleItem().ShouldContain("damaged");
    }

    [Fact]
    public void Read_NamesThatClimbOut_AreHarmless() =>
        Texts(Read(Document("<w:p><w:r><w:t>Fine</w:t></w:r></w:p>", ("../../evil.txt", "x"), ("/etc/evil", "x"), ("word\\..\\..\\evil", "x"))))
            .ShouldBe(["Fine"]);

    [Fact]
    public void Read_Properties_AreKept()
    {
        var result = Read(Document("<w:p><w:r><w:t>x</w:t></w:r></w:p>", ("docProps/core.xml", """
            <cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t"><dc:title>Trips</dc:title><dc:creator>Ada</dc:creator>
            <dcterms:created>2026-03-01T10:00:00Z</dcterms:created><dcterms:modified>no date</dcterms:modified></cp:coreProperties>
            """)));

        result.Properties.ShouldBe(new FileProperties("Trips", "Ada", new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero)));
    }

    [Theory]
    [InlineData("<pkg:package xmlns:pkg=\"p\"><pkg:part pkg:name=\"/word/styles.xml\"><pkg:xmlData><w:styles {0}/></pkg:xmlData></pkg:part><pkg:part pkg:name=\"/word/document.xml\"><pkg:xmlData><w:document {0}><w:body><w:p><w:r><w:t>Flat</w:t></w:r></w:p></w:body></w:document></pkg:xmlData></pkg:part></pkg:package>")]
    [InlineData("<w:wordDocument xmlns:w=\"http://schemas.microsoft.com/office/word/2003/wordml\"><w:body><w:p><w:r><w:t>Flat</w:t></w:r></w:p></w:body></w:wordDocument>")]
    public void Read_WordAsOneXmlFile_IsRead(string xml)
    {
        var result = Read("<?xml version=\"1.0\"?>" + xml.Replace("{0}", Word, StringComparison.Ordinal), "memo.doc");

        result.ContentType.ShouldBe(WordXmlFormat.MediaType);
        Texts(result).ShouldBe(["Flat"]);
    }

    [Fact]
    public void Read_NestedTables_CostNoStack() =>
        Texts(Read(Document(Repeat("<w:tbl><w:tr><w:tc>", 60_000) + "<w:p><w:r><w:t>deep</w:t></w:r></w:p>" + Repeat("</w:tc></w:tr></w:tbl>", 60_000)))).ShouldHaveSingleItem().ShouldContain("deep");

    [Fact]
    public void Read_NumberedParagraphs_HaveTheNumbersThatWordShows() =>
        Texts(Read(Document(
            Numbered(0, "Use") + Numbered(1, "Rowing only.") + Numbered(1, "No fuel.") + Numbered(0, "Rent") + Numbered(1, "410 crowns.") + Numbered(2, "Paid by June."),
            ("word/numbering.xml", $"""
                <w:numbering {Word}><w:abstractNum w:abstractNumId="4">
                <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
                <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
                <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/></w:lvl>
                </w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="4"/></w:num></w:numbering>
                """))))
            .ShouldBe(["1. Use", "1.1 Rowing only.", "1.2 No fuel.", "2. Rent", "2.1 410 crowns.", "(a) Paid by June."]);

    [Fact]
    public void Read_ListsNumberedThroughStyles_HaveTheNumbersThatWordShows() =>
        Texts(Read(Document(
            "<w:p><w:pPr><w:pStyle w:val=\"Clause\"/></w:pPr><w:r><w:t>Rent</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val=\"SubClause\"/></w:pPr><w:r><w:t>410 crowns.</w:t></w:r></w:p>",
            ("word/styles.xml", $"""
                <w:styles {Word}><w:style w:type="paragraph" w:styleId="Clause"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
                <w:style w:type="paragraph" w:styleId="SubClause"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>
                """),
            ("word/numbering.xml", $"""
                <w:numbering {Word}><w:abstractNum w:abstractNumId="3"><w:numStyleLink w:val="Contract"/></w:abstractNum><w:abstractNum w:abstractNumId="4"><w:styleLink w:val="Contract"/>
                <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Clause"/><w:lvlText w:val="%1."/></w:lvl>
                <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="SubClause"/><w:lvlText w:val="%1.%2"/></w:lvl>
                </w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="3"/></w:num></w:numbering>
                """))))
            .ShouldBe(["1. Rent", "1.1 410 crowns."]);

    [Fact]
    public void Read_BoxesSymbolsAndNestedFields_AreWhatTheReaderSees() =>
        Texts(Read(Document("""
            <w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t xml:space="preserve"> Anchors</w:t></w:r></w:p>
            <w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="c"/><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText><w:fldChar w:fldCharType="end"/><w:t xml:space="preserve"> Lights</w:t></w:r></w:p>
            <w:p><w:r><w:t>☒ Ropes</w:t></w:r></w:p>
            <w:p><w:r><w:t xml:space="preserve">At 20 </w:t><w:sym w:font="Symbol" w:char="F0B0"/><w:t>C</w:t></w:r></w:p>
            <w:p><w:r><w:t xml:space="preserve">Let </w:t><w:fldChar w:fldCharType="begin"/><w:instrText>IF</w:instrText><w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/><w:t>900</w:t><w:fldChar w:fldCharType="end"/><w:fldChar w:fldCharType="separate"/><w:t>with deposit</w:t><w:fldChar w:fldCharType="end"/><w:t>.</w:t></w:r></w:p>
            """))).ShouldBe(["[x] Anchors", "[ ] Lights", "[x] Ropes", "At 20 °C", "Let with deposit."]);

    [Fact]
    public void Read_ScriptsAndFormulas_KeepTheirMeaning() =>
        Texts(Read(Document("""
            <w:p><w:r><w:t>EUR 500</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t xml:space="preserve"> old</w:t></w:r><w:r><w:t>.</w:t></w:r></w:p>
            <w:p><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:f><m:num><m:r><m:t>F</m:t></m:r></m:num><m:den><m:sSup><m:e><m:r><m:t>d</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:den></m:f><m:r><m:t>≤ 84</m:t></m:r></m:oMath></w:p>
            """))).ShouldBe(["EUR 500 [1] ~~old~~.", "F/d^2≤ 84"]);

    [Fact]
    public void Read_MergedCells_RepeatTheirTextAndNameColumns() =>
        Texts(Read(Document("<w:tbl>"
            + Row(Cell("Group", "<w:vMerge w:val=\"restart\"/>"), Cell("Guests", "<w:gridSpan w:val=\"2\"/>"))
            + Row(Cell("", "<w:vMerge/>"), Cell("Summer"), Cell("Winter"))
            + Row(Cell("Adults", "<w:vMerge w:val=\"restart\"/>"), Cell("32"), Cell("39"))
            + Row(Cell("", "<w:vMerge/>"), Cell("8"), Cell("9")) + "</w:tbl>")))
            .ShouldBe(["Group | Guests Summer | Guests Winter", "Adults | 32 | 39", "Adults | 8 | 9"]);

    [Fact]
    public void Read_CellOverABillionColumns_CostsNothing() =>
        Texts(Read(Document("<w:tbl>" + Row(Cell("wide", "<w:gridSpan w:val=\"1000000000\"/>"), Cell("next")) + Row(Cell("a"), Cell("1")) + "</w:tbl>")))
            .ShouldBe(["wide | next", "a | 1"]);

    [Fact]
    public void Read_ShortBoldLine_IsAHeading() =>
        Read(Document("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Price</w:t></w:r></w:p><w:p><w:r><w:t>The price is 4,950 crowns.</w:t></w:r></w:p>"))
            .Blocks.Select(block => (block.Kind, block.Level)).ShouldBe([(BlockKind.Heading, 1), (BlockKind.Paragraph, 0)]);

    private static string Numbered(int level, string text) =>
        $"<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>";

    private static string Row(params string[] cells) => $"<w:tr>{string.Concat(cells)}</w:tr>";

    private static string Cell(string text, string properties = "") => $"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>";

    private static byte[] Document(string body, params (string Name, string Text)[] parts) =>
        Zip([("word/document.xml", new StringBuilder($"<w:document {Word}><w:body>").Append(body).Append("</w:body></w:document>").ToString()), .. parts]);
}
