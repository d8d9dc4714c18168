using System.Buffers;
using Microsoft.ML.Tokenizers;

namespace RagApp.Embedding.Embedded;

/// <summary>
/// Turns text into the token ids of a SentencePiece unigram model, with the model's start and end marks.
/// Thread-safe; the time is linear in the text's length.
/// </summary>
/// <remarks>
/// Uses Microsoft.ML.Tokenizers, with two corrections that make its ids those of SentencePiece: the library keeps the
/// control characters that the normalization nmt_nfkc drops, and it writes one unknown id per character where SentencePiece
/// writes one per run of unknown characters. Both are common in text from PDF files.
/// </remarks>
internal sealed class UnigramTokenizer : ITextTokenizer
{
    /// <summary>The characters that the normalization nmt_nfkc drops: control characters that are neither white space nor NUL.</summary>
    private static readonly SearchValues<char> Dropped = SearchValues.Create(
        "\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000B\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016"
        + "\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F\u007F\u008F\u009F");

    /// <summary>The character that stands for a space in front of a word.</summary>
    private const string WordStart = "\u2581";

    /// <summary>Stands for a character that the vocabulary lacks.</summary>
    private const string Unknown = "\uFFFF";

    private readonly SentencePieceTokenizer _pieces;
    private readonly SentencePieces _vocabulary;
    private readonly TokenizerDescription _description;

    private UnigramTokenizer(SentencePieces vocabulary, TokenizerDescription description) =>
        (_vocabulary, _pieces, _description) = (vocabulary, vocabulary.Tokenizer, description);

    /// <summary>Id of the start mark.</summary>
    public long Start => _description.PrefixId;

    /// <summary>Id of the end mark.</summary>
    public long End => _description.SuffixId;

    /// <exception cref="InvalidDataException">The file is no SentencePiece model.</exception>
    public static UnigramTokenizer Load(ModelFolder folder) => new(SentencePieces.Load(folder.TokenizerPath), folder.Description.Tokenizer);

    public long[] Encode(string text)
    {
        var pieces = _pieces.EncodeToIds(WithoutDropped(text));
        var ids = new long[pieces.Count + 2];
        var count = 0;
        ids[count++] = _description.PrefixId;
        foreach (var piece in pieces)
        {
            if (piece != _pieces.UnknownId || ids[count - 1] != piece)
                ids[count++] = piece;
        }
        ids[count++] = _description.SuffixId;
        return count == ids.Length ? ids : ids[..count];
    }

    /// <summary>
    /// The tokens of <paramref name="text"/> without marks, each with its place in the text. A token that is a part of a normalized
    /// character, such as the 1 of ½, has the place of the character.
    /// </summary>
    /// <remarks>No token of a SentencePiece model crosses white space, so that the words' tokens together are the text's.</remarks>
    public IReadOnlyList<TextPiece> Locate(string text)
    {
        var located = new List<TextPiece>();
        for (var start = 0; start < text.Length;)
        {
            if (IsSeparator(text[start]))
            {
                start++;
                continue;
            }
            var end = start;
            while (end < text.Length && !IsSeparator(text[end]))
                end++;
            AddWord(text[start..end], start, located);
            start = end;
        }
        return located;
    }

    private void AddWord(string word, int start, List<TextPiece> located)
    {
        var ids = _pieces.EncodeToIds(WithoutDropped(word));
        var texts = ids.Select(TextOf).ToList();
        var places = NormalizedPlaces.Of(word, string.Concat(texts), Normalize);
        var at = 0;
        foreach (var (id, text) in ids.Zip(texts))
        {
            var place = places.Of(at, at + text.Length);
            at += text.Length;
            if (id == _pieces.UnknownId && located is [.., { } last] && last.Id == id)
                located[^1] = last with { End = start + place.End };
            else
                located.Add(new TextPiece(id, start + place.Start, start + place.End));
        }
    }

    /// <summary>A part of a word as its tokens write it. The library gives normalized text too, but fails on characters such as ﷺ that become much longer.</summary>
    private string Normalize(string part) => string.Concat(_pieces.EncodeToIds(WithoutDropped(part)).Select(TextOf));

    private string TextOf(int id) => id == _pieces.UnknownId ? Unknown : _vocabulary.Texts[id].Replace(WordStart, "", StringComparison.Ordinal);

    private static bool IsSeparator(char c) => char.IsWhiteSpace(c) && !Dropped.Contains(c);

    private static string WithoutDropped(string text)
    {
        if (!text.AsSpan().ContainsAny(Dropped))
            return text;

        var kept = new char[text.Length];
        var count = 0;
        foreach (var c in text)
        {
            if (!Dropped.Contains(c))
                kept[count++] = c;
        }
        return new string(kept, 0, count);
    }
}
