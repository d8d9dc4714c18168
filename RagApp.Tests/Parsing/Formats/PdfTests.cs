using System.Diagnostics;
using RagApp.Ingestion.Parsing;
using RagApp.Parsing;
using RagApp.Parsing.Ocr;
using RagApp.Tests.Ingestion;
using RagApp.Tests.Ingestion.Parsing;
using RagApp.Tests.TestServices;
using UglyToad.PdfPig.Writer;

namespace RagApp.Tests.Parsing.Formats;

/// <summary>Damaged, hostile and scanned PDFs: the limits on the work for a page, and the warnings about them.</summary>
public sealed class PdfTests : IDisposable
{
    private const string Packed = "/Filter [/FlateDecode /FlateDecode]";

    private readonly TemporaryFolder _temp = new();

    [Fact]
    public void Read_PagesThatArePictures_AreNamed()
    {
        var result = Read(PdfFiles.WithPages(
            PdfFiles.Line("First"), PdfFiles.Picture, PdfFiles.Picture, PdfFiles.Line("Fourth"), PdfFiles.Picture));

        result.Blocks.Select(block => (block.Text, block.Page)).ShouldBe([("First", 1), ("Fourth", 4)]);
        result.Warnings.ShouldHaveSingleItem().ShouldContain("Tesseract");
        result.Warnings[0].ShouldContain("pages 2-3 and 5");
    }

    [Fact]
    public void Read_BlankPage_IsNoPicture() =>
        Read(PdfFiles.WithPages(PdfFiles.Line("First"), "")).Warnings.ShouldBeEmpty();

    [Fact]
    public void Read_DamagedPage_CostsThatPage()
    {
        var result = Read(PdfFiles.Write(
            new PdfFiles.Page(Bytes(PdfFiles.Line("First"))),
            new PdfFiles.Page(Bytes(PdfFiles.Line("Second")), Extra: "/UserUnit 0"),
            new PdfFiles.Page(Bytes(PdfFiles.Line("Third")))));

        result.Blocks.Select(block => block.Text).ShouldBe(["First", "Third"]);
        result.Warnings.ShouldHaveSingleItem().ShouldContain("page 2");
    }

    [Fact]
    public void Read_FontThatCannotBeRead_IsNotLostInSilence()
    {
        var result = Read(PdfFiles.Write(
            new PdfFiles.Page(Bytes(PdfFiles.Line("First"))),
            new PdfFiles.Page(Bytes(PdfFiles.Line("Second")), Font: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [0 /a 1 0 R /b] >> >>")));

        result.Blocks.ShouldContain(block => block.Text == "First");
        result.Warnings.ShouldHaveSingleItem().ShouldContain("page 2");
    }

    [Fact]
    public void Read_PageThatUnpacksToGigabytes_CostsThatPage()
    {
        var result = Read(PdfFiles.Write(
            new PdfFiles.Page(Bytes(PdfFiles.Line("First"))), new PdfFiles.Page(PdfFiles.Bomb(megabytes: 200), Packed)));

        result.Blocks.ShouldHaveSingleItem().Text.ShouldBe("First");
        result.Warnings.ShouldHaveSingleItem().ShouldContain("page 2");
    }

    [Fact]
    public void Read_NothingButABomb_HitsALimit()
    {
        var result = Read(PdfFiles.Write(new PdfFiles.Page(PdfFiles.Bomb(megabytes: 200), Packed)));

        result.Outcome.ShouldBe(ParseOutcome.LimitHit);
        result.Reason!.ShouldContain("unpack");
    }

    [Fact]
    public void Read_PageWithoutContentPackedAsAPicture_HitsALimit() =>
        Read(PdfFiles.Write(new PdfFiles.Page([1, 2, 3], "/Filter /JBIG2Decode"))).Outcome.ShouldBe(ParseOutcome.LimitHit);

    [Fact]
    public void Read_NoPages_IsRefused() => Read(PdfFiles.Write()).Outcome.ShouldBe(ParseOutcome.Refused);

    [Fact]
    public void Read_TurnedText_IsReadInItsOwnDirection()
    {
        var result = Read(PdfFiles.WithPages(string.Join('\n',
            PdfFiles.Line("Upright words"),
            PdfFiles.Line("Upside down words", "-1 0 0 -1 500 400"),
            PdfFiles.Line("Words that climb", "0 1 -1 0 300 100"))));

        result.Blocks.Select(block => block.Text).ShouldBe(["Upright words", "Upside down words", "Words that climb"], ignoreOrder: true);
    }

    [Fact]
    public void Read_WordsSetFarApart_AreNoTable()
    {
        var words = PdfFiles.Line("Figure") + PdfFiles.Line("one", "1 0 0 1 120 700") + PdfFiles.Line("shows", "1 0 0 1 155 700");

        var block = Read(PdfFiles.WithPages(words)).Blocks.ShouldHaveSingleItem();

        block.Kind.ShouldBe(BlockKind.Paragraph);
        block.Text.ShouldBe("Figure one shows");
    }

    [Fact]
    public async Task ParseAsync_ScannedPage_IsReadWhereTesseractIs()
    {
        Assert.SkipUnless(PageReader.CanReadPictures, "Tesseract or poppler-utils is not installed.");
        var scan = await ScanAsync(Samples.PathOf(Samples.TravelPolicy));

        var result = await ParseAsync(scan, new ParserOptions());

        result.Outcome.ShouldBe(ParseOutcome.Text, result.Reason);
        result.Blocks.ShouldContain(block => block.Text.Contains("euro", StringComparison.Ordinal) && block.Page == 1);
        result.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task ParseAsync_MoreScannedPagesThanAreRead_NamesTheRest()
    {
        Assert.SkipUnless(PageReader.CanReadPictures, "Tesseract or poppler-utils is not installed.");
        var pictures = PdfFiles.WithPages(PdfFiles.Picture, PdfFiles.Picture, PdfFiles.Picture);

        var result = await ParseAsync(pictures, new ParserOptions { Ocr = { MaxPages = 1 } });

        result.Warnings.ShouldContain(warning => warning.Contains("pages 2-3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ParseAsync_PageOnlyPopplerReads_IsReadByIt()
    {
        Assert.SkipUnless(PageReader.CanReadText, "poppler-utils is not installed.");
        var damaged = PdfFiles.Write(new PdfFiles.Page(Bytes(PdfFiles.Line("Read by another")), Extra: "/UserUnit 0"));

        (await ParseAsync(damaged, new ParserOptions())).Blocks.ShouldHaveSingleItem().Text.ShouldBe("Read by another");
    }

    [Theory]
    [InlineData("page 4", 4)]
    [InlineData("pages 1 and 3", 1, 3)]
    [InlineData("pages 3-7", 3, 4, 5, 6, 7)]
    [InlineData("pages 1-2, 4 and 6-8", 1, 2, 4, 6, 7, 8)]
    public void Name_Pages_AsPeopleDo(string name, params int[] pages) => PageList.Name(pages).ShouldBe(name);

    public void Dispose() => _temp.Dispose();

    /// <summary>A PDF whose only page is an image of the first page of <paramref name="pdf"/>.</summary>
    private async Task<byte[]> ScanAsync(string pdf)
    {
        var picture = Path.Combine(_temp.Path, "page");
        using var render = Process.Start("pdftoppm", ["-png", "-r", "150", "-f", "1", "-l", "1", "-singlefile", pdf, picture]);
        await render.WaitForExitAsync(Cancellation);
        using var builder = new PdfDocumentBuilder();
        var page = builder.AddPage(595, 842);
        page.AddPng(await File.ReadAllBytesAsync(picture + ".png", Cancellation), page.PageSize);
        return builder.Build();
    }

    private async Task<ParseResult> ParseAsync(byte[] content, ParserOptions options)
    {
        options.TempPath = _temp.Path;
        using var parsers = new Parsers(options);
        using var stream = new MemoryStream(content);
        return await parsers.Parser.ParseAsync("acme", stream, "file.pdf", Cancellation);
    }

    private static ParseResult Read(byte[] pdf) => FileReader.Shipped.Read(new MemoryStream(pdf), "file.pdf");

    private static byte[] Bytes(string text) => System.Text.Encoding.Latin1.GetBytes(text);
}
