using CsCheck;
using Microsoft.ML.Tokenizers;
using RagApp.Embedding.Embedded;
using RagApp.Embedding.Reading;

namespace RagApp.Tests.Embedding.Reading;

/// <summary>Places of spans in the original text, for random texts that mix scripts and characters that normalization changes.</summary>
public sealed class SpanPlacesTests : IDisposable
{
    private static readonly UnigramTokenizer Tokenizer = UnigramTokenizer.Load(ModelFolder.Open(ReferenceText.ModelPath));
    private static readonly SentencePieceTokenizer Pieces = LoadPieces();

    private static readonly string[] Parts =
    [
        "the house", " ", "\n", "Straße", "wil\u00ADhel\u00ADmina", "e\u0301te\u0301", "été", "½", "ﬁeld", "…", "１２３", "㎏", "１，５", "\u200B", "\u001F", "\uFEFF",
        "维也纳是奥地利的首都。", "……", "（北京）", "東京都", "ｶﾞｷﾞ", "ใครเป็นผู้ก่อตั้ง", "กำลัง", "فيينا", "ﻻ", "ﷺ", "Москва", "й", "हिन्दी", "한국어", "각",
        "😀", "👨‍👩‍👧", "🏳️‍🌈", "𝕿𝖍𝖊", "𓀀𓀁", "a", ",", "-", "’", "„", "“x”", "₂", "™", "\t",
    ];

    private static readonly Gen<string> Texts = Gen.Int[0, Parts.Length - 1].Array[1, 40].Select(chosen => string.Concat(chosen.Select(at => Parts[at])));

    private readonly EmbeddedReader _reader = new(ReaderFolder.Open(ReferenceText.ModelPath), ExecutionProvider.Cpu);

    public void Dispose() => _reader.Dispose();

    [Fact]
    public void Locate_AnyText_TokensAreThoseOfTheWholeText() =>
        Texts.Sample(text => Tokenizer.Locate(text).Select(piece => piece.Id).ShouldBe(Tokenizer.Encode(text)[1..^1], text), iter: 2_000);

    /// <summary>The text of a span is what its tokens stand for. It is longer only by what belongs to its first and last character.</summary>
    [Fact]
    public void Locate_AnySpanOfAnyText_ItsTextIsWhatTheTokensDecodeTo() =>
        Gen.Select(Texts, Gen.Int[0, 1000], Gen.Int[0, 12]).Sample(
            (text, at, length) =>
            {
                var pieces = Tokenizer.Locate(text);
                if (pieces.Count == 0)
                    return;
                var span = pieces.Skip(at % pieces.Count).Take(length + 1).ToList();
                if (span[^1].End <= span[^1].Start)
                    return; // the mark of a word's beginning: no answer ends with it
                var (start, end) = (span[0].Start, span[^1].End);
                (start >= 0 && start <= end && end <= text.Length).ShouldBeTrue(text);
                IsInsideACharacter(text, start).ShouldBeFalse(text);
                IsInsideACharacter(text, end).ShouldBeFalse(text);
                if (span.TrueForAll(piece => piece.Id != Pieces.UnknownId))
                    Normalize(text[start..end]).Contains(Decode(span.Select(piece => (int)piece.Id)), StringComparison.Ordinal)
                        .ShouldBeTrue($"'{text[start..end]}' of '{text}'");
            },
            iter: 5_000);

    /// <summary>One character that becomes 18: a library's call that located tokens failed on it.</summary>
    [Fact]
    public void Locate_CharacterThatBecomesManyTokens_EachHasItsPlace() =>
        Tokenizer.Locate("ﷺ……각½１，５été").ShouldAllBe(piece => piece.End <= 12 && piece.End - piece.Start <= 3);

    /// <summary>A long word loses its place only in the characters that normalization changes.</summary>
    [Fact]
    public void Locate_ChineseSentenceWithAnEllipsis_TokensKeepTheirPlaces()
    {
        const string text = "维也纳是奥地利的首都……人口约两百万。";

        Tokenizer.Locate(text).ShouldAllBe(piece => piece.End - piece.Start <= 4);
    }

    [Fact]
    public void Interpret_AnyLogits_SpansLieInTheirTextAndDoNotOverlap() =>
        Gen.Select(Texts, Texts, Gen.Int[0, int.MaxValue]).Sample(
            (text, context, seed) =>
            {
                var random = new Random(seed);
                foreach (var window in _reader.Windows("Who?", context, text))
                {
                    float[] logits = [.. Enumerable.Range(0, (2 * window.Tokens.Length) + 1).Select(_ => (float)((random.NextDouble() * 20) - 10))];
                    var spans = _reader.Interpret(window, logits).Spans;

                    spans.ShouldAllBe(span => span.Start >= 0 && span.Start < span.End && span.End <= (span.IsInContext ? context : text).Length);
                    spans.Select(span => span.Score).ShouldBeInOrder(SortDirection.Descending);
                    foreach (var (first, second) in spans.SelectMany((one, at) => spans.Skip(at + 1).Select(other => (one, other))))
                        (first.IsInContext == second.IsInContext && first.Start < second.End && second.Start < first.End).ShouldBeFalse(text);
                }
            },
            iter: 300);

    /// <summary>The cached form of a reading gives the reading back.</summary>
    [Fact]
    public void ToNumbers_AnyReading_ComesBack() =>
        Gen.Select(Gen.Int[0, 15_000], Gen.Int[1, 500], Gen.Int[-50, 50], Gen.Bool).Select((start, length, score, inContext) =>
                new RagApp.Contracts.Reading.ReadSpan(start, start + length, score, inContext))
            .Array[0, 3]
            .Sample(spans =>
            {
                var back = WindowReading.FromNumbers(new WindowReading(spans, -1.5).ToNumbers());

                back.Answerable.ShouldBe(-1.5);
                back.Spans.ShouldBe(spans);
            });

    private static bool IsInsideACharacter(string text, int at) => at > 0 && at < text.Length && char.IsSurrogatePair(text[at - 1], text[at]);

    private static string Normalize(string text) => Decode(Pieces.EncodeToIds(text.Replace("\u001F", "", StringComparison.Ordinal)));

    private static string Decode(IEnumerable<int> ids) => Pieces.Decode(ids).Replace(" ", "", StringComparison.Ordinal);

    private static SentencePieceTokenizer LoadPieces()
    {
        using var file = File.OpenRead(Path.Combine(ReferenceText.ModelPath, "sentencepiece.model"));
        return SentencePieceTokenizer.Create(file, addBeginningOfSentence: false, addEndOfSentence: false);
    }
}
