using System.Text.RegularExpressions;
using RagApp.Contracts.Search;
using RagApp.Storage.Access;
using RagApp.Storage.Index;
using RagApp.Text;

namespace RagApp.Query.Routing;

/// <summary>
/// Finds filters that a question names beyond doubt, in English and German: "in the 2024 handbook", when readable documents have
/// that name; "find PDF files about"; "tagged dlp:iban", when readable documents have that tag. A year alone is a subject of the
/// question and no filter.
/// </summary>
internal sealed partial class QuestionFilters(IChunkIndex index)
{
    /// <summary>Number of passages to search for documents with a name.</summary>
    private const int Candidates = 100;

    /// <param name="given">Filters of the caller; a question can only name filters that the caller leaves open.</param>
    /// <returns>The filters; null when the question names none.</returns>
    public async Task<SearchFilters?> FindAsync(string question, SearchFilters? given, AccessFilter access, CancellationToken cancellationToken)
    {
        var found = new SearchFilters
        {
            Documents = await FindDocumentsAsync(question, given, access, cancellationToken),
            Types = given?.Types is null ? FindTypes(question) : null,
            Tags = given?.Tags is null ? await FindTagsAsync(question, access, cancellationToken) : null,
        };
        return found is { Documents: null, Types: null, Tags: null } ? null : found;
    }

    /// <summary>Joins both filters; <paramref name="found"/> never contradicts <paramref name="given"/>.</summary>
    public static SearchFilters And(SearchFilters? given, SearchFilters found) => (given ?? new SearchFilters()) with
    {
        Documents = found.Documents ?? given?.Documents,
        Types = found.Types ?? given?.Types,
        Tags = found.Tags ?? given?.Tags,
    };

    /// <summary>Finds documents that have the year and every word of the name in their title or path.</summary>
    private async Task<IReadOnlyList<string>?> FindDocumentsAsync(
        string question, SearchFilters? given, AccessFilter access, CancellationToken cancellationToken)
    {
        var match = DocumentOfAYear().Match(question);
        if (!match.Success)
            return null;
        var name = $"{match.Groups["name"].Value} {match.Groups["year"].Value}";
        var query = new ChunkQuery(name, Vector: null, Model: null, Candidates) { Filters = given };
        var candidates = await index.SearchAsync(query, access, cancellationToken);
        var words = Words.Of(name);
        var documents = candidates.Keyword
            .Where(scored => Words.Of($"{scored.Chunk.Title} {scored.Chunk.Path}").ToHashSet(StringComparer.Ordinal).IsSupersetOf(words))
            .Select(scored => scored.Chunk.DocumentId)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return documents.Count == 0 ? null : documents;
    }

    private static IReadOnlyList<string>? FindTypes(string question) => FilesOfAType().Match(question) is { Success: true } match
        ? [match.Groups["type"].Value.ToLowerInvariant()]
        : null;

    private async Task<IReadOnlyList<string>?> FindTagsAsync(string question, AccessFilter access, CancellationToken cancellationToken)
    {
        if (Tagged().Match(question) is not { Success: true } match)
            return null;
        IReadOnlyList<string> tags = [match.Groups["tag"].Value];
        return await index.CountAsync(new SearchFilters { Tags = tags }, access, cancellationToken) > 0 ? tags : null;
    }

    /// <summary>Matches a kind of document with a year next to it, after a word such as "in" or "according to".</summary>
    [GeneratedRegex("""
        \b(in|from|per|according[ ]to)[ ]+((the|our)[ ]+)?
          ((?<year>(19|20)\d\d)[ ]+(?<name>([\p{L}-]+[ ]+){0,2}(handbook|manual|guide|guidelines|policy|brochure|catalogue|newsletter|contract|agreement))
          |(?<name>([\p{L}-]+[ ]+){0,2}(handbook|manual|guide|guidelines|policy|brochure|catalogue|newsletter|contract|agreement))[ ]+((of|for|from)[ ]+)?(?<year>(19|20)\d\d))\b
        |\b(im|in[ ]der|in[ ]den|aus[ ]dem|aus[ ]der|laut|gemäß)[ ]+
          (?<name>\p{L}*(handbuch|leitfaden|richtlinie|richtlinien|broschüre|katalog|vertrag))[ ]+((von|für|aus)[ ]+)?(?<year>(19|20)\d\d)\b
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DocumentOfAYear();

    /// <summary>Matches a request for files of a type at the beginning of the text; elsewhere the type may be the subject of the question.</summary>
    [GeneratedRegex("""
        ^\s*(
          ((please[ ]+)?(find|show|show[ ]me|search|search[ ]for|search[ ]in|look[ ]in)[ ]+((all|the|any|our)[ ]+)?)?
            (?<type>pdf|word|excel|powerpoint|html|markdown)[ ]+(files|documents)[ ]+(about|on|regarding|with)
         |(bitte[ ]+)?(finde|suche|zeige|zeig|zeige[ ]mir|zeig[ ]mir)[ ]+((alle|die|in)[ ]+)?
            (?<type>pdf|word|excel|powerpoint|html|markdown)-?[ ]?(dateien|dokumente|dokumenten)[ ]+(über|zu|zum|zur|mit)
        )\b
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FilesOfAType();

    [GeneratedRegex("""
        \b(tagged([ ]as|[ ]with)?|with[ ](the[ ])?tag|mit[ ](dem[ ])?(tag|schlagwort))[ ]+["“„]?(?<tag>[\p{L}\p{Nd}][\p{L}\p{Nd}:._-]{0,63})(?<![:._-])
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tagged();
}
