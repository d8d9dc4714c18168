using System.Globalization;
using System.Text;
using RagApp.Parsing;

namespace RagApp.Tests.Parsing.Formats;

/// <summary>Layouts built from lines at given places: tables over pages, lists, contents, columns, and pages that are made to be slow.</summary>
public sealed class PdfLayoutTests
{
    [Fact]
    public void Read_TableOverTwoPages_HasItsHeaderOnce()
    {
        var result = Read(
            Rows(("Part", "Price"), ("Bolt", "1.20"), ("Nut", "0.80"), ("Ring", "0.40")),
            Rows(("Part", "Price"), ("Pin", "2.10"), ("Cap", "3.30"), ("Rod", "9.00")));

        result.Blocks.Select(block => block.Text).ShouldBe(["Part | Price", "Bolt | 1.20", "Nut | 0.80", "Ring | 0.40", "Pin | 2.10", "Cap | 3.30", "Rod | 9.00"]);
        result.Blocks.ShouldAllBe(block => block.Kind == BlockKind.TableRow);
    }

    [Fact]
    public void Read_WrappedCells_AreOneRow()
    {
        var result = Read(
            At(72, 700, "Fault") + At(200, 700, "Remedy")
            + At(72, 680, "Loses oil") + At(200, 680, "Replace the ring")
            + At(200, 668, "and refill")
            + At(72, 648, "Rattles") + At(200, 648, "Tighten the screws"));

        result.Blocks.Select(block => block.Text).ShouldBe(["Fault | Remedy", "Loses oil | Replace the ring and refill", "Rattles | Tighten the screws"]);
    }

    [Fact]
    public void Read_SubheadsAndNotes_GoWithTheirRows()
    {
        var result = Read(Rows(("Region", "Rate"), ("*Europe", ""), ("France", "140"), ("Spain", "120"), ("*Asia", ""), ("Japan", "180"), ("1\\) from May on", "")));

        result.Blocks.Select(block => block.Text).ShouldBe(["Region | Rate", "Europe: France | 140", "Europe: Spain | 120", "Asia: Japan | 180", "1) from May on"]);
        result.Blocks[^1].Kind.ShouldBe(BlockKind.TableNote);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_TablesSideBySide_AreReadOneAfterTheOther(bool byRow)
    {
        (double X, double Y, string Text)[] left = [(72, 700, "Depot"), (130, 700, "Phone"), (72, 684, "North"), (130, 684, "4417"), (72, 668, "South"), (130, 668, "4420"), (72, 652, "West"), (130, 652, "4431")];
        (double X, double Y, string Text)[] right = [(330, 700, "Shift"), (390, 700, "Begins"), (330, 684, "Early"), (390, 684, "06:00"), (330, 668, "Late"), (390, 668, "14:00")];
        var texts = byRow ? left.Concat(right).OrderByDescending(text => text.Y).ThenBy(text => text.X) : left.Concat(right);

        Read(string.Concat(texts.Select(text => At(text.X, text.Y, text.Text)))).Blocks.Select(block => block.Text)
            .ShouldBe(["Depot | Phone", "North | 4417", "South | 4420", "West | 4431", "Shift | Begins", "Early | 06:00", "Late | 14:00"]);
    }

    [Fact]
    public void Read_TotalsBesideTheCustomersBlock_DoNotComeUnderItsHeads()
    {
        var result = Read(
            At(72, 700, "Customer no.") + At(170, 700, "Order no.") + At(380, 700, "Net") + At(450, 700, "1,300.00")
            + At(72, 684, "K-118") + At(170, 684, "4711") + At(380, 684, "VAT") + At(450, 684, "325.00")
            + At(72, 668, "K-119") + At(170, 668, "4712") + At(380, 668, "Total") + At(450, 668, "1,625.00"));

        result.Blocks.Select(block => block.Text).ShouldBe(["Customer no. | Order no.", "K-118 | 4711", "K-119 | 4712", "Net | 1,300.00", "VAT | 325.00", "Total | 1,625.00"]);
    }

    [Fact]
    public void Read_BoxesSideBySide_AreTwoTables()
    {
        var boxes = "72 640 140 74 re S 72 695 m 212 695 l S 330 640 140 74 re S 330 695 m 470 695 l S ";
        var result = Read(boxes
            + At(76, 700, "Item") + At(150, 700, "Unit") + At(334, 700, "Task") + At(410, 700, "Owner")
            + At(76, 680, "Rope") + At(150, 680, "metre") + At(334, 680, "Roof") + At(410, 680, "Kari")
            + At(76, 660, "Paint") + At(150, 660, "litre") + At(334, 660, "Door") + At(410, 660, "Leif"));

        result.Blocks.Select(block => block.Text).ShouldBe(["Item | Unit", "Rope | metre", "Paint | litre", "Task | Owner", "Roof | Kari", "Door | Leif"]);
    }

    [Fact]
    public void Read_TableWithAWideGap_StaysOne()
    {
        var result = Read(
            At(72, 700, "Item") + At(150, 700, "Unit") + At(380, 700, "Price") + At(450, 700, "Stock")
            + At(72, 684, "Rope") + At(150, 684, "metre") + At(380, 684, "1.20") + At(450, 684, "40")
            + At(72, 668, "Paint") + At(150, 668, "litre") + At(380, 668, "9.80") + At(450, 668, "7"));

        result.Blocks.Select(block => block.Text).ShouldBe(["Item | Unit | Price | Stock", "Rope | metre | 1.20 | 40", "Paint | litre | 9.80 | 7"]);
    }

    [Theory]
    [InlineData("The long-|term plan.", "The long-term plan.")]
    [InlineData("The ex-|ample is short.", "The example is short.")]
    [InlineData("A soft-|ware of our part-|ner.", "A software of our partner.")]
    [InlineData("A cost-|effective way is the best and the cheapest of the two.", "A cost-effective way is the best and the cheapest of the two.")]
    [InlineData("Die Haus-|tür ist offen.", "Die Haustür ist offen.")]
    [InlineData("All INFOR-|MATION is here.", "All INFORMATION is here.")]
    [InlineData("The US-|based firm.", "The US-based firm.")]
    [InlineData("Eine PDF-|Datei.", "Eine PDF-Datei.")]
    [InlineData("The COVID-|19 rules.", "The COVID-19 rules.")]
    [InlineData("Send an e-|mail now.", "Send an e-mail now.")]
    [InlineData("A state-of-|the-art lift.", "A state-of-the-art lift.")]
    [InlineData("The wind-|mill turns, as wind-mill no. 2 does.", "The wind-mill turns, as wind-mill no. 2 does.")]
    [InlineData("The long-|haul ship, a longhaul one.", "The longhaul ship, a longhaul one.")]
    [InlineData("Ein-|und Ausgang.", "Ein- und Ausgang.")]
    public void Read_WordDividedAtTheEndOfALine_IsWrittenAsTheDocumentAndItsLanguageDo(string lines, string text) =>
        Read(Lines(72, lines.Split('|'))).Blocks.ShouldHaveSingleItem().Text.ShouldBe(text);

    [Theory]
    [InlineData("The tele\\255|phone rings.", "The telephone rings.")]
    [InlineData("The bus\\255stop there.", "The bus-stop there.")]
    public void Read_SoftHyphen_IsAHyphenWithinALineOnly(string lines, string text)
    {
        const string Font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding /Differences [ 173 /sfthyphen ] >> >>";
        var page = new PdfFiles.Page(Encoding.Latin1.GetBytes(Lines(72, lines.Split('|'))), Font: Font);

        FileReader.Shipped.Read(new MemoryStream(PdfFiles.Write(page)), "file.pdf").Blocks.ShouldHaveSingleItem().Text.ShouldBe(text);
    }

    [Fact]
    public void Read_WordDividedInACell_IsJoined() =>
        Read(At(72, 700, "Fault") + At(200, 700, "Remedy") + At(72, 680, "Rattles") + At(200, 680, "Tighten the re-") + At(200, 668, "taining screws") + At(72, 648, "Leaks") + At(200, 648, "Seal it"))
            .Blocks.Select(block => block.Text).ShouldBe(["Fault | Remedy", "Rattles | Tighten the retaining screws", "Leaks | Seal it"]);

    [Fact]
    public void Read_List_KeepsSignsBeforeTheirTexts()
    {
        var result = Read(At(72, 700, "1.") + At(100, 700, "Shut the valve") + At(72, 686, "2.") + At(100, 686, "Call the porter") + At(72, 672, "3.") + At(100, 672, "Leave the hall"));

        result.Blocks.Select(block => block.Text).ShouldBe(["1. Shut the valve", "2. Call the porter", "3. Leave the hall"]);
    }

    [Fact]
    public void Read_TableOfContents_KeepsPagesWithTitles()
    {
        var result = Read(At(72, 700, "Safety ................................ 4") + At(72, 686, "Maintenance ....................... 12") + At(72, 672, "Spare parts ......................... 31"));

        result.Blocks.Select(block => block.Text).ShouldBe(["Safety | 4", "Maintenance | 12", "Spare parts | 31"]);
    }

    [Fact]
    public void Read_ColumnsOfText_AreReadOneAfterTheOther()
    {
        var left = Lines(72, "The keeper of the weir", "reads the level of the", "water every six hours and", "writes it into the book");
        var right = Lines(320, "that lies in the hut, from", "which the office copies", "it once a month for the", "report to the county.");

        Read(left + right).Blocks.ShouldHaveSingleItem().Text.ShouldBe(
            "The keeper of the weir reads the level of the water every six hours and writes it into the book that lies in the hut, from which the office copies it once a month for the report to the county.");
    }

    [Fact]
    public void Read_SmallNumberBelowTheLine_StaysInItsWord() =>
        Read(At(72, 700, "H") + At(80.7, 697, "2", size: 7) + At(84.7, 700, "O boils")).Blocks.ShouldHaveSingleItem().Text.ShouldBe("H2O boils");

    [Fact]
    public void Read_TurnedPage_IsReadAsItIsSeen()
    {
        var page = new PdfFiles.Page(Encoding.Latin1.GetBytes("BT /F 12 Tf 0 1 -1 0 200 100 Tm (Seen upright) Tj ET"), Extra: "/Rotate 90");

        FileReader.Shipped.Read(new MemoryStream(PdfFiles.Write(page)), "file.pdf").Blocks.ShouldHaveSingleItem().Text.ShouldBe("Seen upright");
    }

    [Fact]
    public void Read_AttachedFile_IsAMember()
    {
        const string Pdf = "%PDF-1.5\n1 0 obj << /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [ (depths.csv) 6 0 R ] >> >> >> endobj\n"
            + "2 0 obj << /Type /Pages /Kids [ 3 0 R ] /Count 1 >> endobj\n3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >> endobj\n"
            + "6 0 obj << /Type /Filespec /F (depths.csv) /EF << /F 7 0 R >> >> endobj\n7 0 obj << /Type /EmbeddedFile /Length 17 >> stream\nbuoy;depth\nN;41 m\nendstream endobj\n"
            + "trailer << /Root 1 0 R /Size 8 >>\n%%EOF\n";

        FileReader.Shipped.Read(new MemoryStream(Encoding.Latin1.GetBytes(Pdf)), "file.pdf").Members.ShouldHaveSingleItem().Name.ShouldBe("depths.csv");
    }

    [Fact]
    public void Read_PageOfManyScatteredLetters_IsReadInFull()
    {
        const int Letters = 30_000;
        var page = new StringBuilder();
        for (var at = 0; at < Letters; at++)
            page.Append(CultureInfo.InvariantCulture, $"BT /F 2 Tf 1 0 0 1 {at % 173 * 3.3:0.0} {at / 173 * 4.7:0.0} Tm (x) Tj ET\n");

        Read(page.ToString()).Blocks.Sum(block => block.Text.Count(c => c == 'x')).ShouldBe(Letters);
    }

    private static ParseResult Read(params string[] pages) => FileReader.Shipped.Read(new MemoryStream(PdfFiles.WithPages(pages)), "file.pdf");

    /// <param name="text">The text; one that begins with an asterisk is bold.</param>
    private static string At(double x, double y, string text, double size = 11) =>
        string.Create(CultureInfo.InvariantCulture, $"BT /{(text.StartsWith('*') ? "B" : "F")} {size} Tf 1 0 0 1 {x} {y} Tm ({text.TrimStart('*')}) Tj ET ");

    private static string Lines(double x, params string[] lines) => string.Concat(lines.Select((line, at) => At(x, 700 - (13 * at), line)));

    private static string Rows(params (string First, string Second)[] rows) =>
        string.Concat(rows.Select((row, at) => At(72, 700 - (16 * at), row.First) + At(250, 700 - (16 * at), row.Second)));
}
