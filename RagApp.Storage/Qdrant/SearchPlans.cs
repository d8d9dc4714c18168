using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant;

/// <summary>
/// How the dense list is found. A graph that is walked under a filter misses what the filter opens, silently: measured,
/// more than half of the right chunks for a tenant and two of its groups. While few chunks match, comparing all of them
/// is right and no slower; beyond, ACORN walks the graph with the filter, and the best are compared again by the
/// vectors as they were given. See docs/decisions/0007-qdrant.md.
/// </summary>
internal sealed class SearchPlans(QdrantClient client, TimeProvider time)
{
    /// <summary>Up to so many matches all of them are compared.</summary>
    internal const int MostCompared = 15_000;

    /// <summary>So long a count decides the plan.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    /// <summary>Filters remembered; beyond, all are counted again.</summary>
    private const int MostFilters = 10_000;

    private static readonly QdrantSearchParams Compared = new() { Exact = true };

    private static readonly QdrantSearchParams Walked = new()
    {
        Acorn = new QdrantAcorn(Enable: true, MaxSelectivity: 1.0),
        Quantization = new QdrantQuantizedSearch(Rescore: true, Oversampling: 2.0),
    };

    private readonly ConcurrentDictionary<string, (long Count, long At)> _counts = new(StringComparer.Ordinal);

    public async Task<QdrantSearchParams> ChooseAsync(string collection, QdrantFilter filter, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(new QdrantCountRequest(Exact: true) { Filter = filter }, QdrantJson.Wire.QdrantCountRequest);
        var key = $"{collection}:{Convert.ToHexString(SHA256.HashData(json))}";
        if (!_counts.TryGetValue(key, out var known) || time.GetElapsedTime(known.At) >= Fresh)
        {
            known = (await client.CountAsync(collection, filter, exact: true, cancellationToken), time.GetTimestamp());
            if (_counts.Count >= MostFilters)
                _counts.Clear();
            _counts[key] = known;
        }
        return known.Count <= MostCompared ? Compared : Walked;
    }
}
