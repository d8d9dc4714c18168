using RagApp.Parsing;

namespace RagApp.Tests.Parsing.Formats;

/// <summary>PDFs of kinds that are often read wrongly: each is read as a person reads it.</summary>
public sealed class PdfCaseTests
{
    [Theory]
    [InlineData("table-of-a-browser", "Pier B | 2.4 | 33 EUR | 214 EUR")]
    [InlineData("table-of-a-browser", "Fan 12 | Rattles | Tighten the four screws of the housing and balance the wheel")]
    [InlineData("table-narrow-lines", "Pier B | 2.4 | 33 EUR | 214 EUR")]
    [InlineData("table-wide-lines", "Pier C | 2.9 | 38 EUR | 231 EUR")]
    [InlineData("table-between-text", "Pier E | 3.7 | 44 EUR | 277 EUR")]
    [InlineData("labels-and-values", "Gear ratio | 261:1")]
    [InlineData("invoice", "Due | 2 June 2027")]
    [InlineData("invoice", "2 | Shackle, galvanised | 24 | 7.50 | 180.00")]
    [InlineData("invoice", "Total | 1,625.00")]
    [InlineData("turned-heads", "| Helmet | Goggles | Gloves")]
    [InlineData("turned-heads", "Paint shop | no | yes | yes")]
    [InlineData("form", "Licence plate: KL-QZ 4831")]
    [InlineData("form", "Electric vehicle: [x]")]
    [InlineData("form", "Zone: Violet")]
    public void Read_Table_KeepsItsRows(string file, string row) =>
        Read(file).Blocks.ShouldContain(block => block.Kind == BlockKind.TableRow && block.Text == row);

    [Theory]
    [InlineData("superscripts", "EUR 500 [1] per case")]
    [InlineData("superscripts", "2.5 x 10^6 litres")]
    [InlineData("fake-bold", "Emergency number of the boiler house: 4471")]
    [InlineData("hebrew", "דמי החבר השנתיים הם 180 שקלים")]
    [InlineData("hebrew-and-arabic", "המשרד פתוח בימי שלישי בין 9:30 ל-12:00.")]
    [InlineData("hebrew-and-arabic", "رسوم الاشتراك السنوي هي 75 دينار")]
    [InlineData("vertical-japanese", "図書館の開館時間は午前九時から午後七時までです。休館日は毎週月曜日です。")]
    [InlineData("notes", "Out of order until the spare winch arrives on 9 June.")]
    [InlineData("notes", "Key is with the porter, cabinet 6.")]
    [InlineData("hyphens", "mobile telephones at the gate of the high-voltage hall")]
    [InlineData("hyphens", "interferometer are disturbed by radio signals. The well-known exception")]
    [InlineData("running-lines", "can be given back within ninety-five days after")]
    [InlineData("two-columns", "will be closed from the first of")]
    [InlineData("two-short-columns", "The board looked at the yearly statement and agreed to the plan")]
    [InlineData("two-columns-of-a-browser", "four turbines during the dry months of summer. The official inspection")]
    [InlineData("ligatures", "The official filing fee for a floating licence")]
    [InlineData("invisible-text", "the next book is chosen on 3 May")]
    [InlineData("no-unicode-table", "The lighthouse of Skarvholm flashes every 15 seconds.")]
    [InlineData("watermark", "pruned in February by the four gardeners of the estate. The apples are picked")]
    [InlineData("line-numbers", "for the sum of 730 crowns a month, to be paid on the first day of each month.")]
    public void Read_Text_KeepsItsOrder(string file, string text) =>
        string.Join(' ', Read(file).Blocks.Select(block => block.Text)).ShouldContain(text);

    [Fact]
    public void Read_LetterSpacedHeading_IsWords() =>
        Read("letter-spaced").Blocks[0].ShouldBe(new TextBlock(BlockKind.Heading, "NIGHT SHIFT ALLOWANCE", 1, 1));

    [Fact]
    public void Read_RunningLines_AreThereOnce() =>
        Read("running-lines").Blocks.Count(block => block.Text.Contains("Rules of Carriage", StringComparison.Ordinal)).ShouldBe(1);

    [Fact]
    public void Read_LigatureWithoutUnicode_IsAWarningWithItsPage() =>
        Read("ligature-without-unicode").Warnings.ShouldHaveSingleItem().ShouldContain("page 1");

    [Fact]
    public void Read_DamagedAttachment_IsAWarning() =>
        Read("attachment-damaged").Warnings.ShouldHaveSingleItem().ShouldContain("attached");

    private static ParseResult Read(string file)
    {
        using var stream = typeof(PdfCaseTests).Assembly.GetManifestResourceStream($"pdf/{file}").ShouldNotBeNull();
        return FileReader.Shipped.Read(stream, $"{file}.pdf");
    }
}
