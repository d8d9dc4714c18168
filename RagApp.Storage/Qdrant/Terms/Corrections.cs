using Qdrant.Client.Grpc;
using RagApp.Storage.Access;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Collections;
using RagApp.Storage.Qdrant.Payloads;
using RagApp.Text.Analysis;
using StackExchange.Redis;

namespace RagApp.Storage.Qdrant.Terms;

/// <summary>
/// Corrects words with words that the asker may read; the tenant's word list only narrows the search. 1. Words that a readable
/// chunk has are right. 2. For each other word, all similar words of the tenant are candidates: taking only some of them would
/// reveal other people's words by what is missing. 3. Finds the readable chunks that have any candidate. 4. Returns the word
/// most similar to the misspelt one in the text of these chunks, whether or not it was a candidate.
/// </summary>
internal sealed class Corrections(
    QdrantPoints points, IndexCollections collections, TermStatistics statistics, QuestionTerms terms, ITextAnalysis analysis)
{
    /// <summary>Largest number of words of a question that are checked, in one request.</summary>
    private const int MostWords = 16;

    /// <summary>Largest number of chunks whose text is read for one word.</summary>
    private const int MostChunks = 20;

    public async Task<IReadOnlyDictionary<string, string>> FindAsync(
        IReadOnlyCollection<string> words, IndexGeneration generation, AccessFilter filter, CancellationToken cancellationToken)
    {
        var languages = await terms.FindLanguagesAsync(filter, generation, cancellationToken);
        var allowed = IndexFilter.ForReader(filter, generation, narrowing: null);
        var collection = collections.AliasOf(generation.Model, generation.Dimension);
        var corrections = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in await FindUnknownAsync(collection, words, languages, allowed, cancellationToken)) // 1
        {
            var alike = await FindAlikeAsync(filter.Tenant, generation, word, cancellationToken); // 2
            if (TermsOf(alike, languages) is not { } candidates)
                continue;
            var lists = await points.QueryAsync(
                collection, [PointQuery.ByKeywords(candidates, allowed, MostChunks) with { Payload = ChunkPayload.Words }], cancellationToken); // 3
            if (MostAlikeIn(lists[0].Where(point => point.IsOpenTo(filter)), word) is { } correction)
                corrections[word] = correction; // 4
        }
        return corrections;
    }

    private static bool CanBeCorrected(string word) =>
        word.Length is >= WrittenWords.Shortest and <= WrittenWords.Longest && word.All(char.IsLetter);

    private async Task<IReadOnlyList<string>> FindUnknownAsync(
        string collection, IEnumerable<string> words, IReadOnlyCollection<string> languages, QdrantFilter allowed, CancellationToken cancellationToken)
    {
        var asked = words.Distinct(StringComparer.Ordinal).Where(CanBeCorrected).Take(MostWords)
            .Select(word => (Word: word, Terms: TermsOf([word], languages)))
            .Where(word => word.Terms is not null)
            .ToList();
        if (asked.Count == 0)
            return [];
        var found = await points.QueryAsync(collection, [.. asked.Select(word => PointQuery.ByKeywords(word.Terms!, allowed, limit: 1))], cancellationToken);
        return [.. asked.Zip(found).Where(word => !word.Second.Any(hit => hit.Score > 0)).Select(word => word.First.Word)];
    }

    private async Task<IReadOnlyList<string>> FindAlikeAsync(string tenant, IndexGeneration generation, string word, CancellationToken cancellationToken)
    {
        try
        {
            var words = await statistics.FindWordsAsync(tenant, generation.Id, word, Enumerable.Range(word.Length - 2, 5), cancellationToken);
            return [.. words.Where(other => WrittenWords.Distance(word, other) < int.MaxValue)];
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            return []; // without statistics nothing is corrected
        }
    }

    private static string? MostAlikeIn(IEnumerable<FoundPoint> chunks, string word) => chunks
        .Where(hit => hit.Score > 0)
        .Select(hit => hit.Payload)
        .SelectMany(chunk => WrittenWords.Of($"{chunk.Text(QdrantFields.Title)}\n{chunk.Text(QdrantFields.Section)}\n{chunk.Text(QdrantFields.Text)}"))
        .CountBy(other => other, StringComparer.Ordinal)
        .Select(other => (Word: other.Key, Chunks: other.Value, Distance: WrittenWords.Distance(word, other.Key)))
        .Where(other => other.Distance < int.MaxValue)
        .OrderBy(other => other.Distance).ThenByDescending(other => other.Chunks).ThenBy(other => other.Word, StringComparer.Ordinal)
        .Select(other => other.Word)
        .FirstOrDefault();

    /// <summary>The words' terms in all languages, with equal weights; null when they have none.</summary>
    private SparseVector? TermsOf(IReadOnlyList<string> words, IReadOnlyCollection<string> languages)
    {
        var places = languages
            .SelectMany(language => words.SelectMany(word => analysis.QuestionTerms(word, language)).Select(term => SparseTerms.PlaceOf(language, term)))
            .Distinct()
            .ToDictionary(place => place, _ => 1.0);
        return places.Count == 0 ? null : SparseTerms.Of(places);
    }
}
