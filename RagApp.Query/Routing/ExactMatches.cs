using RagApp.Contracts.Search;
using RagApp.Storage.Index;

namespace RagApp.Query.Routing;

/// <summary>What the keyword index cannot tell: whether words stand one after the other, and what a file is called.</summary>
internal static class ExactMatches
{
    /// <summary>Only passages with every quoted phrase, in their text, title or headings.</summary>
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

    /// <summary>Passages of documents that are called so first, else in the order they have.</summary>
    public static IReadOnlyList<SearchHit> NamedFirst(this ExactLookup lookup, IReadOnlyList<SearchHit> hits) =>
        lookup.FileName is { } name ? [.. hits.OrderByDescending(hit => IsCalled(hit, name))] : hits;

    private static bool HasAll(FoundChunk chunk, List<string> phrases)
    {
        var texts = new[] { chunk.Text, chunk.Title, chunk.Section }.Select(Padded).ToList();
        return phrases.TrueForAll(phrase => texts.Exists(text => text.Contains(phrase, StringComparison.Ordinal)));
    }

    /// <summary>Words with a space around each, so that whole words are compared, whatever stands between them.</summary>
    private static string Padded(string text) => $" {string.Join(' ', Words.Of(text))} ";

    private static bool IsCalled(SearchHit hit, string name) =>
        hit.Path.Equals(name, StringComparison.OrdinalIgnoreCase)
        || hit.Path.EndsWith($"/{name}", StringComparison.OrdinalIgnoreCase)
        || hit.Title.Equals(name, StringComparison.OrdinalIgnoreCase);
}
