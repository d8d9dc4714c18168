using RagApp.Embedding.Embedded;

namespace RagApp.Embedding.Reading;

/// <summary>Input of one run of the reader: the question, the passage's title and headings, and a part of the passage's text.</summary>
/// <param name="Tokens">Token ids with all marks.</param>
/// <param name="First">Position in <paramref name="Tokens"/> of the first token of title and headings, which the text follows.</param>
/// <param name="Context">The tokens of title and headings, with their places.</param>
/// <param name="Text">The tokens of the part of the text, with their places in the whole text.</param>
internal sealed record PassageWindow(long[] Tokens, int First, IReadOnlyList<TextPiece> Context, IReadOnlyList<TextPiece> Text);

/// <summary>Splits a passage into windows that the reader can take.</summary>
internal static class PassageWindows
{
    private const int Marks = 4; // <s> question </s></s> passage </s>

    /// <summary>Largest number of tokens of title and headings: they repeat in every window.</summary>
    private const int MaxContextTokens = 64;

    /// <summary>Tokens that are left for the text beside the longest question and the longest title and headings.</summary>
    public static int LeastRoom(ReaderDescription reader) => reader.MaxTokens - Marks - reader.MaxQuestionTokens - MaxContextTokens;

    /// <param name="context">Title and headings of the passage, each on a line of its own; empty when it has none.</param>
    public static IReadOnlyList<PassageWindow> Of(ReaderDescription reader, UnigramTokenizer tokenizer, string question, string context, string text)
    {
        long[] asked = [tokenizer.Start, .. Ids(tokenizer.Locate(question).Take(reader.MaxQuestionTokens)), tokenizer.End, tokenizer.End];
        var around = tokenizer.Locate(context).Take(MaxContextTokens).ToList();
        var pieces = tokenizer.Locate(text);
        var room = reader.MaxTokens - asked.Length - around.Count - 1;
        // Windows overlap by the longest answer, so that one of them contains it whole.
        var step = room - reader.MaxSpanTokens;
        var windows = new List<PassageWindow>();
        for (var start = 0; start == 0 || start + reader.MaxSpanTokens < pieces.Count; start += step)
        {
            var part = pieces.Skip(start).Take(room).ToList();
            windows.Add(new PassageWindow([.. asked, .. Ids(around), .. Ids(part), tokenizer.End], asked.Length, around, part));
        }
        return windows;
    }

    private static IEnumerable<long> Ids(IEnumerable<TextPiece> pieces) => pieces.Select(piece => piece.Id);
}
