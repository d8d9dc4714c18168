using CsCheck;
using RagApp.Contracts.Documents;
using RagApp.Ingestion.Chunking;
using RagApp.Parsing;
using RagApp.Text;

namespace RagApp.Tests.Ingestion;

public sealed class ChunkerTests
{
    private static readonly string[] Alphabets =
    [
        "abcdefghijklmnopqrstuvwxyz", "äöüßéèñ", "абвгдежз", "αβγδεζ", "अआइईउऊ", "ابتثج", "中文字符测试", "ひらがなカタカナ", "한국어문장", "กขคงจ",
        "0123456789", ".,;:!?", "。！？", "\"'()[]", "😀👩‍🔬𝄞", "e\u0301a\u0308",
    ];

    private static readonly Gen<string> Word =
        Gen.Select(Gen.Int[0, Alphabets.Length - 1], Gen.Int[1, 14], (alphabet, length) => Repeat(Alphabets[alphabet], length));

    private static readonly Gen<string> LongWord =
        Gen.Select(Gen.Int[0, Alphabets.Length - 1], Gen.Int[200, 4_000], (alphabet, length) => Repeat(Alphabets[alphabet], length));

    private static readonly Gen<string> Text = Gen.Frequency((30, Word), (1, LongWord)).List[1, 400]
        .Select(Gen.OneOf(Gen.Const(" "), Gen.Const("\n"), Gen.Const(". "), Gen.Const("。")), (words, gap) => CleanText.Of(string.Join(gap, words)));

    private static readonly Gen<TextBlock> Block = Gen.Select(
        Gen.Enum<BlockKind>(), Text, Gen.Int[1, 6], Gen.Int[0, 9],
        (kind, text, level, page) => kind switch
        {
            BlockKind.Heading => new TextBlock(kind, CleanText.OneLine(text.Length > 150 ? text[..100] : text), level, PageOf(page)),
            BlockKind.TableRow => new TextBlock(kind, CleanText.OneLine(text).Replace(" ", " | ", StringComparison.Ordinal), 0, PageOf(page)),
            _ => new TextBlock(kind, text, 0, PageOf(page)),
        }).Where(block => block.Text.Length > 0);

    private static readonly Gen<List<TextBlock>> Document = Block.List[0, 12];

    [Fact]
    public void Cut_AnyDocument_LosesNothing() => Document.Sample(blocks =>
    {
        var passages = Chunker.Cut("A title", blocks);
        var body = blocks.Where(block => block.Kind != BlockKind.Heading);
        var cut = Letters(passages.Where(passage => !IsHeadingOnly(passage, blocks)).Select(passage => passage.Text));
        var whole = Letters(body.Select(block => block.Text));
        if (HasTableHeader(blocks) || HasLongRow(blocks))
            cut.ShouldSatisfyAllConditions(() => IsInOrderIn(whole, cut).ShouldBeTrue(), () => cut.Length.ShouldBeGreaterThanOrEqualTo(whole.Length));
        else
            cut.ShouldBe(whole);
        foreach (var heading in blocks.Where(block => block.Kind == BlockKind.Heading))
            passages.Any(passage => Holds(passage, heading)).ShouldBeTrue(heading.Text);
    }, iter: 300);

    [Fact]
    public void Cut_AnyDocument_KeepsTheLimits() => Document.Sample(blocks =>
    {
        foreach (var passage in Chunker.Cut("A title", blocks))
        {
            passage.Text.Trim().ShouldNotBeEmpty();
            passage.Text.Length.ShouldBeLessThanOrEqualTo(ChunkSize.MaxCharacters);
            WordMeasure.Words(passage.Text).ShouldBeLessThanOrEqualTo(ChunkSize.MaxWords + 0.001);
        }
    }, iter: 300);

    [Fact]
    public void Cut_Twice_IsTheSame() => Document.Sample(blocks =>
        Chunker.Cut("T", blocks).ShouldBe(Chunker.Cut("T", blocks)), iter: 100);

    [Fact]
    public void Cut_Ordinals_CountFromZero() => Document.Sample(blocks =>
        Chunker.Cut("T", blocks).Select(passage => passage.Ordinal).ShouldBe(Enumerable.Range(0, Chunker.Cut("T", blocks).Count)), iter: 50);

    [Fact]
    public void Cut_NotesBelowALongTable_StandWithItsColumnNames()
    {
        var rows = Enumerable.Range(1, 60).Select(at => new TextBlock(BlockKind.TableRow, $"Town {(char)('a' + (at % 20))} north | {at} | {2 * at}", 0, null));
        var blocks = new[] { new TextBlock(BlockKind.TableRow, "Town | Adults | Children", 0, null) }.Concat(rows)
            .Append(new TextBlock(BlockKind.TableNote, "* " + string.Join(' ', Enumerable.Repeat("from May on", 30)), 0, null)).ToList();

        var last = Chunker.Cut("T", blocks, Cancellation)[^1].Text;

        last.ShouldStartWith("Town | Adults | Children\n");
        last.ShouldEndWith("from May on");
    }

    [Fact]
    public void Cut_SectionOf120Words_BecomesTwoEqualHalves()
    {
        var sentence = string.Join(' ', Enumerable.Repeat("Word", 9)) + " End.";
        var blocks = new[] { new TextBlock(BlockKind.Paragraph, string.Join(' ', Enumerable.Repeat(sentence, 12)), 0, 3) };

        var passages = Chunker.Cut("T", blocks, Cancellation);

        passages.Count.ShouldBe(2);
        passages.ShouldAllBe(passage => passage.Text.Split(' ', StringSplitOptions.None).Length == 60 && passage.Page == 3);
    }

    [Fact]
    public void Cut_Headings_BecomeTheSectionAndNeverShareAChunk()
    {
        TextBlock[] blocks =
        [
            new(BlockKind.Heading, "Travel", 1, null),
            new(BlockKind.Heading, "Hotels", 2, null),
            new(BlockKind.Paragraph, "140 euro a night.", 0, null),
            new(BlockKind.Heading, "Trains", 2, null),
            new(BlockKind.Paragraph, "First class from five hours.", 0, null),
            new(BlockKind.Heading, "Appendix", 1, null),
        ];

        Chunker.Cut("Policy", blocks, Cancellation).ShouldBe(
        [
            new Passage(0, "140 euro a night.", "Travel › Hotels", null),
            new Passage(1, "First class from five hours.", "Travel › Trains", null),
            new Passage(2, "Appendix", "", null),
        ]);
    }

    [Fact]
    public void Cut_RowLongerThanAPassage_NamesItsFirstCellAndColumnsInEachPart()
    {
        string[] names = ["Station", .. Enumerable.Range(1, 180).Select(number => $"Sensor {number}")];
        string[] values = ["Mole", .. Enumerable.Range(1, 180).Select(number => $"300.{number}")];
        TextBlock[] blocks = [new(BlockKind.TableRow, string.Join(" | ", names), 0, null), new(BlockKind.TableRow, string.Join(" | ", values), 0, null)];

        var parts = Chunker.Cut("Sensors", blocks, Cancellation).Where(passage => passage.Text.Contains("300.", StringComparison.Ordinal)).ToList();

        parts.Count.ShouldBeGreaterThan(1);
        parts.ShouldAllBe(part => part.Text.Contains("Mole", StringComparison.Ordinal));
        parts[^1].Text.ShouldContain("Sensor 174: 300.174");
    }

    [Fact]
    public void Cut_ListLongerThanAPassage_RepeatsItsIntroduction()
    {
        const string Introduction = "These numbers hold for the southern works:";
        TextBlock[] blocks =
        [
            new(BlockKind.Paragraph, Introduction, 0, null),
            .. Enumerable.Range(1, 60).Select(number => new TextBlock(BlockKind.ListItem, $"Workshop number {number}: extension 80{number}", 0, null)),
        ];

        var passages = Chunker.Cut("Telephones", blocks, Cancellation);

        passages.Count.ShouldBeGreaterThan(1);
        passages.ShouldAllBe(passage => passage.Text.StartsWith(Introduction, StringComparison.Ordinal));
    }

    [Fact]
    public void Cut_Table_KeepsRowsWhole()
    {
        var rows = Enumerable.Range(1, 60).Select(i => new TextBlock(BlockKind.TableRow, $"Country {i} | {i} euro | per day", 0, null)).ToList();

        var passages = Chunker.Cut("T", rows, Cancellation);

        passages.Count.ShouldBeGreaterThan(1);
        passages.SelectMany(passage => passage.Text.Split('\n')).ShouldBe(rows.Select(row => row.Text));
    }

    [Fact]
    public void Cut_TableWithNamedColumns_NamesThemInEveryChunk()
    {
        var rows = Enumerable.Range(1, 60).Select(i => Row($"Item {i} of the long list | {i}.4 | {i}.5")).ToList();
        List<TextBlock> blocks = [new(BlockKind.Paragraph, "As follows:", 0, 1), Row("|  | Years Ended September 30, |"), Row("| 2019 | 2018"), .. rows];

        var passages = Chunker.Cut("T", blocks, Cancellation);

        passages.Count.ShouldBeGreaterThan(3);
        passages[0].Text.ShouldStartWith("As follows:\n|  | Years Ended September 30, |\n| 2019 | 2018\nItem 1 of");
        passages.Skip(1).ShouldAllBe(passage => passage.Text.StartsWith("|  | Years Ended September 30, |\n| 2019 | 2018\nItem ", StringComparison.Ordinal));
        passages.SelectMany(passage => passage.Text.Split('\n')).Where(line => line.StartsWith("Item", StringComparison.Ordinal)).ShouldBe(rows.Select(row => row.Text));
        passages.ShouldAllBe(passage => WordMeasure.Words(passage.Text) <= ChunkSize.MaxWords);
    }

    [Fact]
    public void Cut_TableWithLongNames_LeavesRoomForItsRows()
    {
        var header = string.Join(" | ", Enumerable.Range(1, 15).Select(i => $"A rather long name {(char)('A' + i)}"));

        var passages = Chunker.Cut("T", [Row(header), .. Enumerable.Range(1, 30).Select(i => Row($"{i} | {string.Join(" | ", Enumerable.Repeat("1.5", 14))}"))], Cancellation);

        passages.Count.ShouldBeGreaterThan(3);
        passages.Skip(1).ShouldAllBe(passage => !passage.Text.Contains("A rather", StringComparison.Ordinal));
    }

    [Fact]
    public void Cut_Section_DoesNotMixTwoTables()
    {
        List<TextBlock> One(string name) => [Row($"{name} | Days"), .. Enumerable.Range(1, 20).Select(i => Row($"{name} number {i} in the list | {i}"))];

        var passages = Chunker.Cut("T", [.. One("Leave"), new(BlockKind.Paragraph, "And:", 0, null), .. One("Travel")], Cancellation);

        foreach (var passage in passages.Where(passage => !passage.Text.Contains("And:", StringComparison.Ordinal)))
            passage.Text.ShouldStartWith(passage.Text.Contains("Leave number", StringComparison.Ordinal) ? "Leave | Days\n" : "Travel | Days\n");
    }

    [Fact]
    public void Cut_ChineseText_Takes150To220Characters()
    {
        var text = string.Concat(Enumerable.Repeat("这是一个关于出差报销规定的句子。", 60));

        var passages = Chunker.Cut("T", [new TextBlock(BlockKind.Paragraph, text, 0, null)], Cancellation);

        passages.ShouldAllBe(passage => passage.Text.Length >= 150 && passage.Text.Length <= 220);
        string.Concat(passages.Select(passage => passage.Text)).ShouldBe(text);
    }

    [Fact]
    public void For_TitleAndSection_StandInFront() =>
        EmbeddingText.For("Policy", new Passage(0, "140 euro a night.", "Travel › Hotels", 1)).ShouldBe("Policy\nTravel › Hotels\n140 euro a night.");

    [Fact]
    public void For_NoSection_LeavesNoEmptyLine() =>
        EmbeddingText.For("Policy", new Passage(0, "Text.", "", null)).ShouldBe("Policy\nText.");

    private static TextBlock Row(string text) => new(BlockKind.TableRow, text, 0, null);

    private static bool HasTableHeader(List<TextBlock> blocks) =>
        Enumerable.Range(0, blocks.Count).Any(start => TableHeader.Read([.. blocks.Skip(start).TakeWhile(block => block.Kind == BlockKind.TableRow).Select(row => row.Text)]).Any(row => row.IsHeader));

    /// <summary>True when a row does not fit into a passage, so that its first cell is repeated.</summary>
    private static bool HasLongRow(List<TextBlock> blocks) => blocks.Exists(block => block.Kind == BlockKind.TableRow && !ChunkSize.Fits(block.Text));

    private static bool IsInOrderIn(string part, string whole)
    {
        var at = 0;
        return part.All(c => (at = whole.IndexOf(c, at) + 1) > 0);
    }

    private static int? PageOf(int number) => number == 0 ? null : number;

    private static bool Holds(Passage passage, TextBlock heading) =>
        passage.Section.Contains(heading.Text, StringComparison.Ordinal)
        || Letters([passage.Text]).Contains(Letters([heading.Text]), StringComparison.Ordinal);

    private static bool IsHeadingOnly(Passage passage, List<TextBlock> blocks) =>
        blocks.Exists(block => block.Kind == BlockKind.Heading && Letters([block.Text]) == Letters([passage.Text]))
        && !blocks.Exists(block => block.Kind != BlockKind.Heading && Letters([block.Text]) == Letters([passage.Text]));

    /// <summary>All characters except white space and cell borders, which a cut may turn into a line break.</summary>
    private static string Letters(IEnumerable<string> texts) =>
        string.Concat(string.Concat(texts).Where(c => !char.IsWhiteSpace(c) && c != '|'));

    private static string Repeat(string alphabet, int length)
    {
        var elements = alphabet.EnumerateRunes().ToList();
        return string.Concat(Enumerable.Range(0, length).Select(i => elements[(i * 7) % elements.Count].ToString()));
    }
}
