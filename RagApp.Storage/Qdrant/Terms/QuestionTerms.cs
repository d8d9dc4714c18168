using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using RagApp.Storage.Analysis;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Collections;
using StackExchange.Redis;

namespace RagApp.Storage.Qdrant.Terms;

/// <summary>
/// The question's side of the score: its terms, in each language that the tenant's chunks are in, with the tenant's own
/// <see cref="Bm25.Idf"/>. Without statistics every term weighs 1: worse in its order, not in what is found.
/// </summary>
internal sealed class QuestionTerms(
    QdrantClient client, IndexCollections collections, TermStatistics statistics, ITextAnalysis analysis, TermTelemetry telemetry, TimeProvider time, ILogger<QuestionTerms> logger)
{
    /// <summary>As many different terms of each language as are looked for; a longer question is cut.</summary>
    private const int MostTerms = 256;

    /// <summary>So old may statistics be.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    /// <summary>Generations remembered; beyond, all are asked for again.</summary>
    private const int MostGenerations = 1_000;

    /// <summary>Languages asked for of a generation without statistics.</summary>
    private const int MostLanguages = 100;

    private readonly ConcurrentDictionary<(string Tenant, string Generation), Known> _known = [];

    /// <summary>Chunks in all and terms by place, as of a moment ago.</summary>
    private sealed record Known(IReadOnlyCollection<string> Languages, long? Chunks, long At)
    {
        public ConcurrentDictionary<uint, long> ChunksWithTerm { get; } = [];
    }

    /// <summary>Null when nothing in the question can be looked for.</summary>
    public async Task<WeighedTerms?> FindAsync(string tenant, IndexGeneration generation, string question, CancellationToken cancellationToken)
    {
        var known = await KnowAsync(tenant, generation, cancellationToken);
        var terms = known.Languages
            .SelectMany(language => analysis.QuestionTerms(question, language).Distinct(StringComparer.Ordinal).Take(MostTerms)
                .Select(term => (Text: term, Place: SparseTerms.PlaceOf(language, term))))
            .ToList();
        if (terms.Count == 0)
            return null;
        var weights = await WeighAsync(tenant, generation, known, [.. terms.Select(term => term.Place).Distinct()], cancellationToken);
        return new WeighedTerms(
            SparseTerms.Of(weights),
            terms.Where(term => known.ChunksWithTerm.GetValueOrDefault(term.Place) > 0)
                .GroupBy(term => term.Text, StringComparer.Ordinal)
                .ToDictionary(term => term.Key, term => term.Max(inLanguage => weights[inLanguage.Place]), StringComparer.Ordinal));
    }

    /// <summary>The languages that the tenant's chunks are in.</summary>
    public async Task<IReadOnlyCollection<string>> FindLanguagesAsync(string tenant, IndexGeneration generation, CancellationToken cancellationToken) =>
        (await KnowAsync(tenant, generation, cancellationToken)).Languages;

    private async Task<Dictionary<uint, double>> WeighAsync(
        string tenant, IndexGeneration generation, Known known, List<uint> places, CancellationToken cancellationToken)
    {
        var unknown = places.Where(place => !known.ChunksWithTerm.ContainsKey(place)).ToList();
        if (known.Chunks is { } chunks && await TryAsync<long[]>(async () => await statistics.CountAsync(tenant, generation.Id, unknown, cancellationToken)) is { } counts)
        {
            foreach (var (place, count) in unknown.Zip(counts))
                known.ChunksWithTerm[place] = count;
            return places.ToDictionary(place => place, place => Bm25.Idf(chunks, known.ChunksWithTerm[place]));
        }
        telemetry.Missing();
        return places.ToDictionary(place => place, _ => 1.0);
    }

    private async Task<Known> KnowAsync(string tenant, IndexGeneration generation, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue((tenant, generation.Id), out var known) && time.GetElapsedTime(known.At) < Fresh)
            return known;
        var at = time.GetTimestamp();
        var languages = await TryAsync(() => statistics.FindLanguagesAsync(tenant, generation.Id, cancellationToken));
        if (languages is null && known is not { Chunks: null }) // once, not every second
            logger.StatisticsMissing(tenant);
        known = languages is null
            ? new Known(await FindLanguagesInIndexAsync(tenant, generation, cancellationToken), Chunks: null, at)
            : new Known([.. languages.Keys], languages.Values.Sum(), at);
        if (_known.Count >= MostGenerations)
            _known.Clear();
        return _known[(tenant, generation.Id)] = known;
    }

    private async Task<IReadOnlyCollection<string>> FindLanguagesInIndexAsync(string tenant, IndexGeneration generation, CancellationToken cancellationToken) =>
    [
        .. (await client.FacetAsync(
                collections.AliasOf(generation.Model, generation.Dimension), QdrantFields.Language, IndexFilter.ForWriter(tenant, generation.Id), MostLanguages, cancellationToken))
            .Select(language => language.Value),
    ];

    /// <summary>Null when Redis does not answer.</summary>
    private static async Task<T?> TryAsync<T>(Func<Task<T?>> read)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            return null;
        }
    }
}

/// <summary>The terms of a question with their weights, by place and by text.</summary>
/// <param name="ByText"><inheritdoc cref="ChunkCandidates.TermWeights" path="/summary"/></param>
internal sealed record WeighedTerms(QdrantSparse ByPlace, IReadOnlyDictionary<string, double> ByText);
