using RagApp.Contracts.Documents;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Chunking;

/// <summary>
/// What is embedded for a passage: title, section and text, each on a line of its own. Title and section are
/// shortened so that the whole stays below a model's 512 tokens.
/// </summary>
internal static class EmbeddingText
{
    private const int LongestTitle = 120;
    private const int LongestSection = 200;

    /// <summary>In the order of the passages.</summary>
    public static IReadOnlyList<string> ForAll(DocumentContent content, CancellationToken cancellationToken)
    {
        var texts = new List<string>(content.Passages.Count);
        foreach (var passage in content.Passages)
        {
            cancellationToken.ThrowIfCancellationRequested();
            texts.Add(For(content.Title, passage));
        }
        return texts;
    }

    public static string For(string title, Passage passage)
    {
        var parts = new[] { Head(title, LongestTitle), Tail(passage.Section, LongestSection), passage.Text };
        return string.Join('\n', parts.Where(part => part.Length > 0));
    }

    private static string Head(string text, int length)
    {
        if (text.Length <= length)
            return text;
        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }

    /// <summary>The innermost headings say most.</summary>
    private static string Tail(string text, int length)
    {
        if (text.Length <= length)
            return text;
        return text[(char.IsLowSurrogate(text[^length]) ? ^(length - 1) : ^length)..];
    }
}
