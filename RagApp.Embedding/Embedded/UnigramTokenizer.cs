using System.Buffers;
using Microsoft.ML.Tokenizers;

namespace RagApp.Embedding.Embedded;

/// <summary>
/// Turns text into the ids of a SentencePiece unigram model, with the marks the model wants around them.
/// Thread-safe; the time is linear in the text's length.
/// </summary>
/// <remarks>
/// Microsoft.ML.Tokenizers does the work, and two corrections make its ids those of SentencePiece itself: it keeps the
/// control characters that nmt_nfkc drops, and it writes one unknown id per character where SentencePiece writes one
/// per run of them. Both are common in text that was taken out of PDF files.
/// </remarks>
internal sealed class UnigramTokenizer
{
    /// <summary>What nmt_nfkc maps to nothing: the control characters that are neither white space nor NUL.</summary>
    private static readonly SearchValues<char> Dropped = SearchValues.Create(
        "\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000B\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016"
        + "\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F\u007F\u008F\u009F");

    private readonly SentencePieceTokenizer _pieces;
    private readonly TokenizerDescription _description;

    private UnigramTokenizer(SentencePieceTokenizer pieces, TokenizerDescription description) =>
        (_pieces, _description) = (pieces, description);

    /// <exception cref="InvalidDataException">The file is no SentencePiece model.</exception>
    public static UnigramTokenizer Load(ModelFolder folder)
    {
        try
        {
            using var file = File.OpenRead(folder.TokenizerPath);
            var pieces = SentencePieceTokenizer.Create(file, addBeginningOfSentence: false, addEndOfSentence: false);
            return new UnigramTokenizer(pieces, folder.Description.Tokenizer);
        }
        catch (Exception exception) when (exception is not IOException)
        {
            throw new InvalidDataException($"{folder.TokenizerPath} is no SentencePiece model: {exception.Message}", exception);
        }
    }

    /// <summary>The ids of <paramref name="text"/>, marks included.</summary>
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
