using RagApp.Contracts.Search;
using RagApp.Storage.Index;
using RagApp.Text;

namespace RagApp.Query.Routing;

/// <summary>Checks that the keyword index cannot make: words in the right order, and names of files.</summary>
internal static class ExactMatches
{
    /// <summary>Keeps only passages that have every quoted phrase in their text, title or headings.</summary>
    public static ChunkCandidates Narrow(this ExactLookup lookup, ChunkCandidates candidates)
    {
        if (lookup.Phrases.Count == 0)
            return candidates;
        var phrases = lookup.Phrases.Select(phrase => Padded(phrase)).ToList();
        return candidates with
        {
            Keyword = [.. candidates.Keyword.Where(scored => HasAll(scored.Chunk, phrases))],
            Semantic = [.. candidates.Semantic.Where(scored => HasAll(scored.Chunk, phrases))],
        };
    }

    /// <summary>Moves passages of documents with the wanted name to the front; the order is otherwise kept.</summary>
    public static IReadOnlyList<SearchHit> NamedFirst(this ExactLookup lookup, IReadOnlyList<SearchHit> hits) =>
        lookup.FileName is { } name ? [.. hits.OrderByDescending(hit => IsCalled(hit, name))] : hits;

    private static bool HasAll(FoundChunk chunk, List<string> phrases)
    {
        var texts = new[] { chunk.Text, chunk.Title, chunk.Section }.Select(Padded).ToList();
        return phrases.TrueForAll(phrase => texts.Exists(text => text.Contains(phrase, StringComparison.Ordinal)));
    }

    /// <summary>The text's words with a space around each, so that only whole words match, whatever separates them.</summary>
    private static string Padded(string text) => $" {string.Join(' ', Words.Of(text))} ";

    private static bool IsCalled(SearchHit hit, string name) =>
        hit.Path.Equals(name, StringComparison.OrdinalIgnoreCase)
        || hit.Path.EndsWith($"/{name}", StringComparison.OrdinalIgnoreCase)
        || hit.Title.Equals(name, StringComparison.OrdinalIgnoreCase);
}
