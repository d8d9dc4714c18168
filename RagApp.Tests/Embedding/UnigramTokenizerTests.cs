using System.Diagnostics;
using CsCheck;
using RagApp.Embedding.Embedded;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Embedding;

public sealed class UnigramTokenizerTests
{
    private const long Unknown = 3;

    private static readonly UnigramTokenizer Tokenizer = UnigramTokenizer.Load(ModelFolder.Open(ReferenceText.ModelPath));

    [Fact]
    public void Encode_ReferenceTexts_IdsAreEqual()
    {
        ReferenceText.All.Length.ShouldBe(24);
        foreach (var reference in ReferenceText.All)
            Tokenizer.Encode(reference.Prefixed).ShouldBe(reference.InputIds, reference.Text);
    }

    [Fact]
    public void Encode_SeveralThreads_IdsAreEqual() => Parallel.For(0, 200, i =>
    {
        var reference = ReferenceText.All[i % ReferenceText.All.Length];
        Tokenizer.Encode(reference.Prefixed).ShouldBe(reference.InputIds);
    });

    [Fact]
    public void Encode_ControlCharacters_AreDroppedAsByTheCharacterMap() =>
        Tokenizer.Encode("con\u0001trol\u001F char\u007Facters\u009F").ShouldBe(Tokenizer.Encode("control characters"));

    /// <summary>A run of characters that the vocabulary lacks, such as 𓀀𓀁𓀂, gives one unknown token, as in spm_encode.</summary>
    [Fact]
    public void Encode_RunOfUnknownCharacters_IsOneUnknown() =>
        Tokenizer.Encode("a𓀀𓀁𓀂b").Count(id => id == Unknown).ShouldBe(1);

    [Fact]
    public void Load_SameFileAgain_IsNotReadAgainUntilItChanges()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "sentencepiece.model");
        File.Copy(ModelFolder.Open(ReferenceText.ModelPath).TokenizerPath, path);
        var pieces = SentencePieces.Load(path);

        SentencePieces.Load(path).ShouldBeSameAs(pieces);

        File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).AddMinutes(1));
        SentencePieces.Load(path).ShouldNotBeSameAs(pieces);
        GC.KeepAlive(pieces);
    }

    [Fact]
    public void Encode_NoText_IsTheMarks() => Tokenizer.Encode("").ShouldBe([0, 2]);

    [Fact]
    public void Encode_AnyUtf16_NeitherThrowsNorMakesUpIds() =>
        Gen.OneOf(Gen.Char, Gen.Char['\uD800', '\uDFFF'], Gen.Char['\0', '\u001F'], Gen.Char['\u0300', '\u036F']).Array[0, 200]
            .Sample(
                chars =>
                {
                    var ids = Tokenizer.Encode(new string(chars));
                    return ids[0] == 0 && ids[^1] == 2 && ids.All(id => id is >= 0 and < 250_002) && ids.Length <= (chars.Length * 18) + 3;
                },
                iter: 3_000);

    [Theory]
    [InlineData("a")]
    [InlineData(" ")]
    [InlineData("\u0300")]
    [InlineData("\uD800")]
    [InlineData("一")]
    [InlineData("\uFDFA")]
    [InlineData("\u0001")]
    [InlineData("the quick brown fox ")]
    public void Encode_VeryLongText_TakesLinearTime(string unit)
    {
        var text = string.Concat(Enumerable.Repeat(unit, 100_000 / unit.Length));
        var watch = Stopwatch.StartNew();

        Tokenizer.Encode(text).Length.ShouldBeGreaterThan(1);

        // A linear algorithm takes a tenth of a second here; a quadratic one would take minutes.
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }
}
