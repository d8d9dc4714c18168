using System.Collections.Concurrent;
using System.Security.Cryptography;
using Google.Protobuf;
using Qdrant.Client.Grpc;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant.Searching;

/// <summary>
/// Chooses the search plan of the dense list. An HNSW search under a filter silently misses matches: measured, more than half
/// of the right chunks for a tenant and two of its groups. While few chunks match, comparing all of them is exact and no
/// slower; above that, ACORN searches the graph with the filter, and the best chunks are scored again with their original
/// vectors. See docs/decisions/0007-qdrant.md.
/// </summary>
internal sealed class SearchPlans(QdrantPoints points, TimeProvider time)
{
    /// <summary>Largest number of matches of the filter for which all are compared.</summary>
    internal const int MostCompared = 15_000;

    /// <summary>Time for which a count is reused.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    /// <summary>Largest number of cached filters; when there are more, the cache is emptied.</summary>
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
