using System.Collections.Concurrent;
using System.Security.Cryptography;
using Google.Protobuf;
using Qdrant.Client.Grpc;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant;

/// <summary>
/// How the dense list is found. A graph that is walked under a filter misses what the filter opens, silently: measured,
/// more than half of the right chunks for a tenant and two of its groups. While few chunks match, comparing all of them
/// is right and no slower; beyond, ACORN walks the graph with the filter, and the best are compared again by the
/// vectors as they were given. See docs/decisions/0007-qdrant.md.
/// </summary>
internal sealed class SearchPlans(QdrantPoints points, TimeProvider time)
{
    /// <summary>Up to so many matches all of them are compared.</summary>
    internal const int MostCompared = 15_000;

    /// <summary>So long a count decides the plan.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    /// <summary>Filters remembered; beyond, all are counted again.</summary>
    private const int MostFilters = 10_000;

    private static readonly SearchParams Compared = new() { Exact = true };

    private static readonly SearchParams Walked = new()
    {
        Acorn = new AcornSearchParams { Enable = true, MaxSelectivity = 1.0 },
        Quantization = new QuantizationSearchParams { Rescore = true, Oversampling = 2.0 },
    };

    private readonly ConcurrentDictionary<string, (long Count, long At)> _counts = new(StringComparer.Ordinal);

    public async Task<SearchParams> ChooseAsync(string collection, QdrantFilter filter, CancellationToken cancellationToken)
    {
        var key = $"{collection}:{Convert.ToHexString(SHA256.HashData(filter.ToMessage().ToByteArray()))}";
        if (!_counts.TryGetValue(key, out var known) || time.GetElapsedTime(known.At) >= Fresh)
        {
            known = (await points.CountAsync(collection, filter, cancellationToken), time.GetTimestamp());
            if (_counts.Count >= MostFilters)
                _counts.Clear();
            _counts[key] = known;
        }
        return known.Count <= MostCompared ? Compared : Walked;
    }
}
