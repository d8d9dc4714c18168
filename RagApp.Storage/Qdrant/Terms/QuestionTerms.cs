using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Qdrant.Client.Grpc;
using RagApp.Storage.Access;
using RagApp.Storage.Analysis;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Collections;
using StackExchange.Redis;

namespace RagApp.Storage.Qdrant.Terms;

/// <summary>
/// The question's side of the score: its terms, in each language that the asker can read chunks in, with
/// <see cref="Bm25.Idf"/> among those chunks. What others may read counts nowhere. Without statistics every term weighs
/// 1: worse in its order, not in what is found.
/// </summary>
internal sealed class QuestionTerms(
    QdrantPoints points, IndexCollections collections, TermStatistics statistics, ITextAnalysis analysis, TermTelemetry telemetry, TimeProvider time, ILogger<QuestionTerms> logger)
{
    /// <summary>As many different terms of each language as are looked for; a longer question is cut.</summary>
    private const int MostTerms = 256;

    /// <summary>So old may statistics be.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait for the statistics.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Filters remembered; beyond, all are asked for again.</summary>
    private const int MostFilters = 1_000;

    /// <summary>Languages asked for where statistics say of none.</summary>
    private const int MostLanguages = 100;

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <summary>What the asker may read, as of a moment ago: the languages and, when it is counted, the access lists and the chunks in all.</summary>
    private sealed record Known(IReadOnlyCollection<string> Languages, IReadOnlyCollection<string> Lists, long? Chunks, long At)
    {
        public ConcurrentDictionary<uint, long> ChunksWithTerm { get; } = [];
    }

    /// <summary>Null when nothing in the question can be looked for.</summary>
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

    /// <summary>The languages that the asker can read chunks in.</summary>
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
            return places.ToDictionary(place => place, place => Bm25.Idf(chunks, known.ChunksWithTerm[place]));
        }
        telemetry.Missing();
        return places.ToDictionary(place => place, _ => 1.0);
    }

    private async Task<Known> KnowAsync(AccessFilter filter, IndexGeneration generation, CancellationToken cancellationToken)
    {
        var key = JsonSerializer.Serialize([filter.Tenant, generation.Id, .. filter.Entries.Order(StringComparer.Ordinal)], StorageJson.Plain.StringArray);
        if (_known.TryGetValue(key, out var known) && time.GetElapsedTime(known.At) < Fresh)
            return known;
        var at = time.GetTimestamp();
        var lists = await TryAsync(() => statistics.FindReadableAsync(filter.Tenant, generation.Id, filter.Entries, cancellationToken));
        if (lists is null && known is not { Chunks: null }) // once, not every second
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

    /// <summary>Null when Redis does not answer: a search is not to be late for it.</summary>
    private async Task<T?> TryAsync<T>(Func<Task<T?>> read)
        where T : class
    {
        try
        {
            return await read().WaitAsync(Patience, time);
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
