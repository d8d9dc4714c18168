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

    private static string At(double x, double y, string text, double size = 11) =>
        string.Create(CultureInfo.InvariantCulture, $"BT /F {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET ");

    private static string Lines(double x, params string[] lines) => string.Concat(lines.Select((line, at) => At(x, 700 - (13 * at), line)));

    private static string Rows(params (string First, string Second)[] rows) =>
        string.Concat(rows.Select((row, at) => At(72, 700 - (16 * at), row.First) + At(250, 700 - (16 * at), row.Second)));
}
