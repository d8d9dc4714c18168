using RagApp.Benchmarks.Documents;
using RagApp.Parsing;
using RagApp.Parsing.Formats.PlainText;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Benchmarks;

/// <summary>Rules that score the parsing results of the corpus's files.</summary>
public sealed class DocumentScoreTests
{
    private const string Damaged = "The file is damaged.";
    private const string Protected = "It is protected by a password.";

    [Theory]
    [InlineData("error:limits", "a bomb; must stop", "error:limits")]
    [InlineData("error:limits", "text or error:corrupt acceptable; the process must not die", "error:limits", "text", "error:corrupt")]
    [InlineData("text", "wrong extension; error:corrupt is acceptable if types are taken from the name", "text")]
    [InlineData("error:corrupt", "fuzzed", "error:corrupt", "text", "empty with a warning")]
    [InlineData("error:corrupt", "entity expansion; the DTD must be refused; error:limits also acceptable", "error:corrupt", "error:limits")]
    [InlineData("empty", "no text layer; text is acceptable only from OCR", "empty", "empty with a warning", "text")]
    public void AllowedBy_Note_NamesAlternatives(string expectation, string note, params string[] allowed) =>
        Expectation.AllowedBy(Row(expectation, note: note)).ShouldBe(allowed, ignoreOrder: true);

    [Fact]
    public void Of_PhraseAcrossLinesAndEmphasis_IsRight() =>
        Score(Row("text", "paid within 30 days"), Text("is **paid\nwithin**", "30 days")).Right.ShouldBeTrue();

    [Fact]
    public void Of_CjkPhraseWithSpaces_IsRight() => Score(Row("text", "準会場で 受験"), Text("準 会 場 で受験の方")).Right.ShouldBeTrue();

    [Fact]
    public void Of_TextWithoutThePhrase_IsWrongAndSaysWhatIsMissing()
    {
        var score = Score(Row("text", "thirty"), Text("forty"));

        score.Right.ShouldBeFalse();
        score.Detail.ShouldContain("thirty");
    }

    [Fact]
    public void Of_PasswordRefusal_IsEncryptedAndNotCorrupt()
    {
        var result = ParseResult.Without(ParseOutcome.Refused, Protected);

        Score(Row("error:encrypted"), result).Right.ShouldBeTrue();
        Score(Row("error:corrupt"), result).Right.ShouldBeFalse();
    }

    [Fact]
    public void MeetsTheAims_OneErrorRowWrong_IsFalse()
    {
        var right = Score(Row("text", "forty"), Text("forty"));
        var wrong = Score(Row("error:encrypted"), ParseResult.Without(ParseOutcome.Refused, Damaged));

        new DocumentReport([right], memoryMiB: 512).MeetsTheAims.ShouldBeTrue();
        new DocumentReport([right, wrong], memoryMiB: 512).MeetsTheAims.ShouldBeFalse();
    }

    [Fact]
    public void MeetsTheAims_MemoryOverTheLimit_IsFalse() =>
        new DocumentReport([Score(Row("text", "forty"), Text("forty") with { PeakMemory = 513L << 20 })], memoryMiB: 512).MeetsTheAims.ShouldBeFalse();

    [Fact]
    public void ReadAll_QuotedFields_AreWhole()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "manifest.csv"), """"
            path,format,expectation,phrase,note
            a.txt,txt,text,"said ""yes"", twice",
            """");

        ManifestRow.ReadAll(folder.Path).ShouldBe([new ManifestRow("a.txt", "txt", "text", "said \"yes\", twice", "")]);
    }

    private static DocumentScore Score(ManifestRow row, ParseResult result) => DocumentScore.Of(row, result, TimeSpan.FromSeconds(1));

    private static ManifestRow Row(string expectation, string phrase = "", string note = "") => new("a.txt", "txt", expectation, phrase, note);

    private static ParseResult Text(params string[] paragraphs) => new(
        ParseOutcome.Text, null, PlainTextFormat.MediaType, new FileProperties(),
        [.. paragraphs.Select(text => new TextBlock(BlockKind.Paragraph, text, 0, null))], [], []);
}
