using RagApp.Contracts.Documents;
using RagApp.Storage.Documents.Contents;
using RagApp.Text;

namespace RagApp.Ingestion.Chunking;

/// <summary>
/// The text that is embedded for a passage: title, section and text, each on a line of its own. Title and section are
/// shortened so that the whole stays below a model's limit of 512 tokens.
/// </summary>
internal static class EmbeddingText
{
    private const int LongestTitle = 120;
    private const int LongestSection = 200;

    /// <summary>The texts to embed, in the order of the passages.</summary>
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

    /// <summary>The text for one passage. A long section path is shortened at its start, because the innermost headings say most.</summary>
    public static string For(string title, Passage passage)
    {
        var parts = new[] { Truncation.Head(title, LongestTitle), Truncation.Tail(passage.Section, LongestSection), passage.Text };
        return string.Join('\n', parts.Where(part => part.Length > 0));
    }
}
