using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Qdrant.Client.Grpc;
using RagApp.Storage.Access;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Collections;
using RagApp.Text;
using RagApp.Text.Analysis;
using StackExchange.Redis;

namespace RagApp.Storage.Qdrant.Terms;

/// <summary>
/// Makes the question's side of the keyword score: its terms in each language that the asker can read chunks in, weighted by
/// inverse document frequency (<see cref="Idf.Bm25"/>) among those chunks only. Without statistics every term has the weight
/// 1, which makes the ranking worse but finds the same chunks.
/// </summary>
internal sealed class QuestionTerms(
    QdrantPoints points, IndexCollections collections, TermStatistics statistics, ITextAnalysis analysis, Telemetry telemetry, TimeProvider time, ILogger<QuestionTerms> logger)
{
    /// <summary>Largest number of different terms per language; further terms of a longer question are ignored.</summary>
    private const int MostTerms = 256;

    /// <summary>Greatest age of cached statistics.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait for the statistics.</summary>
    private static readonly TimeSpan StatisticsTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Largest number of cached filters; when there are more, the cache is emptied.</summary>
    private const int MostFilters = 1_000;

    /// <summary>Largest number of languages read from the index when there are no statistics.</summary>
    private const int MostLanguages = 100;

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <summary>Cached facts about the chunks that an asker may read: languages and, with statistics, access lists and number of chunks.</summary>
    private sealed record Known(IReadOnlyCollection<string> Languages, IReadOnlyCollection<string> Lists, long? Chunks, long At)
    {
        public ConcurrentDictionary<uint, long> ChunksWithTerm { get; } = [];
    }

    /// <summary>The question's terms with their weights; null when the question has no terms.</summary>
    public async Task<WeighedTerms?> FindAsync(AccessFilter filter, IndexGeneration generation, string question, CancellationToken cancellationToken)
    {
        var known = await KnowAsync(filter, generation, cancellationToken);
        var terms = known.Languages
            .SelectMany(language => analysis.QuestionTerms(question, language).Distinct(StringComparer.Ordinal).Take(MostTerms)
                .Select(term => (Text: term, Place: SparseTerms.PlaceOf(language, term))))
            .ToList();
        if (terms.Count == 0)
            return null;
        var weights = await WeighAsync(filter.Tenant, generation, known, [.. terms.Select(term => term.Place).Distinct()], cancellationToken);
        return new WeighedTerms(
            SparseTerms.Of(weights),
            terms.Where(term => known.ChunksWithTerm.GetValueOrDefault(term.Place) > 0)
                .GroupBy(term => term.Text, StringComparer.Ordinal)
                .ToDictionary(term => term.Key, term => term.Max(inLanguage => weights[inLanguage.Place]), StringComparer.Ordinal));
    }

    /// <summary>The languages of the chunks that the asker may read.</summary>
    public async Task<IReadOnlyCollection<string>> FindLanguagesAsync(AccessFilter filter, IndexGeneration generation, CancellationToken cancellationToken) =>
        (await KnowAsync(filter, generation, cancellationToken)).Languages;

    private async Task<Dictionary<uint, double>> WeighAsync(
        string tenant, IndexGeneration generation, Known known, List<uint> places, CancellationToken cancellationToken)
    {
        var unknown = places.Where(place => !known.ChunksWithTerm.ContainsKey(place)).ToList();
        if (known.Chunks is { } chunks && await TryAsync<long[]>(async () => await statistics.CountAsync(tenant, generation.Id, known.Lists, unknown, cancellationToken)) is { } counts)
        {
            foreach (var (place, count) in unknown.Zip(counts))
                known.ChunksWithTerm[place] = count;
            return places.ToDictionary(place => place, place => Idf.Bm25(chunks, known.ChunksWithTerm[place]));
        }
        telemetry.Missing();
        return places.ToDictionary(place => place, _ => 1.0);
    }

    private async Task<Known> KnowAsync(AccessFilter filter, IndexGeneration generation, CancellationToken cancellationToken)
    {
        var key = JsonSerializer.Serialize([filter.Tenant, generation.Id, .. filter.Entries.Order(StringComparer.Ordinal)], TermsJson.Plain.StringArray);
        if (_known.TryGetValue(key, out var known) && time.GetElapsedTime(known.At) < Fresh)
            return known;
        var at = time.GetTimestamp();
        var lists = await TryAsync(() => statistics.FindReadableAsync(filter.Tenant, generation.Id, filter.Entries, cancellationToken));
        if (lists is null && known is not { Chunks: null }) // logged when they go missing, not at every refresh
            logger.StatisticsMissing(filter.Tenant);
        var languages = lists is { Count: > 0 }
            ? [.. lists.Keys.Select(list => list.Language).Distinct(StringComparer.Ordinal)]
            : await FindLanguagesInIndexAsync(filter, generation, cancellationToken);
        known = new Known(languages, [.. lists?.Keys.Select(list => list.Fingerprint).Distinct(StringComparer.Ordinal) ?? []], lists?.Values.Sum(), at);
        if (_known.Count >= MostFilters)
            _known.Clear();
        return _known[key] = known;
    }

    private Task<IReadOnlyCollection<string>> FindLanguagesInIndexAsync(AccessFilter filter, IndexGeneration generation, CancellationToken cancellationToken) =>
        points.FacetAsync(
            collections.AliasOf(generation.Model, generation.Dimension), QdrantFields.Language, IndexFilter.ForReader(filter, generation, narrowing: null), MostLanguages, cancellationToken);

    /// <summary>Reads from the statistics; null when Redis fails or is too slow, so that it never delays a search for long.</summary>
    private async Task<T?> TryAsync<T>(Func<Task<T?>> read)
        where T : class
    {
        try
        {
            return await read().WaitAsync(StatisticsTimeout, time);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            return null;
        }
    }
}

/// <summary>The terms of a question with their weights, by place and by text.</summary>
/// <param name="ByText"><inheritdoc cref="ChunkCandidates.TermWeights" path="/summary"/></param>
internal sealed record WeighedTerms(SparseVector ByPlace, IReadOnlyDictionary<string, double> ByText);
