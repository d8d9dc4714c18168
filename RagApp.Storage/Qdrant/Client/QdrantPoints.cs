using System.Runtime.CompilerServices;
using Google.Protobuf.Collections;
using Microsoft.Extensions.Options;
using Qdrant.Client.Grpc;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>
/// Reads and writes points. Writes return after they are applied. Reads need a quorum of the replicas, so that a node that is
/// cut off from the others refuses them. Every method throws <see cref="QdrantException"/> when the server refuses the
/// request or does not answer in time.
/// </summary>
internal sealed class QdrantPoints(FailoverInvoker invoker, IOptions<QdrantOptions> options)
{
    /// <summary>Write ordering for all changes: no replica applies them in another order. It costs a hop to the replicas' leader.</summary>
    private static readonly WriteOrdering InOrder = new() { Type = WriteOrderingType.Medium };

    private static readonly ReadConsistency Quorum = new() { Type = ReadConsistencyType.Quorum };

    private readonly Points.PointsClient _points = new(invoker);

    /// <summary>Time limit of the server in whole seconds, so that it stops work that no caller waits for any more.</summary>
    private ulong Limit => (ulong)Math.Ceiling(options.Value.ReadTimeout.TotalSeconds);

    /// <summary>
    /// Writes points in requests of bounded size, and replaces points with the same ids. Each request is applied as a whole or
    /// not at all; when a later request fails, earlier ones stay applied.
    /// </summary>
    public async Task UpsertAsync(string collection, IEnumerable<PointStruct> points, CancellationToken cancellationToken)
    {
        foreach (var batch in PointBatches.Of(points))
            await _points.UpsertAsync(new UpsertPoints { CollectionName = collection, Wait = true, Ordering = InOrder, Points = { batch } }, cancellationToken: cancellationToken);
    }

    /// <summary>Sets these payload fields on all points that match the filter; other fields stay.</summary>
    public async Task SetPayloadAsync(string collection, QdrantFilter filter, MapField<string, Value> payload, CancellationToken cancellationToken) =>
        await _points.SetPayloadAsync(
            new SetPayloadPoints { CollectionName = collection, Wait = true, Ordering = InOrder, PointsSelector = Selected(filter), Payload = { payload } },
            cancellationToken: cancellationToken);

    /// <summary>Removes all points that match the filter.</summary>
    public async Task DeleteAsync(string collection, QdrantFilter filter, CancellationToken cancellationToken) =>
        await _points.DeleteAsync(
            new DeletePoints { CollectionName = collection, Wait = true, Ordering = InOrder, Points = Selected(filter) }, cancellationToken: cancellationToken);

    /// <summary>
    /// The answers to the queries, in their order, without duplicates. A quorum read can return points twice, and the limit
    /// counts both: a list that is too short for that reason is read again with twice the limit.
    /// </summary>
    public async Task<IReadOnlyList<IReadOnlyList<FoundPoint>>> QueryAsync(
        string collection, IReadOnlyList<PointQuery> queries, CancellationToken cancellationToken)
    {
        var lists = await AskAsync(collection, queries, cancellationToken);
        int[] cut = [.. Enumerable.Range(0, queries.Count).Where(list => FoundPoint.IsCutShort(lists[list], queries[list].Limit))];
        if (cut.Length > 0)
        {
            var again = await AskAsync(collection, [.. cut.Select(list => queries[list].ForTwiceAsMany())], cancellationToken);
            for (var i = 0; i < cut.Length; i++)
                lists[cut[i]] = again[i];
        }
        return [.. queries.Zip(lists, (query, list) => FoundPoint.EachOnce(list, query.Limit))];
    }

    /// <summary>The exact number of points that match the filter, or of all points.</summary>
    public async Task<long> CountAsync(string collection, QdrantFilter? filter, CancellationToken cancellationToken)
    {
        var request = new CountPoints { CollectionName = collection, Filter = filter?.ToMessage(), Exact = true, ReadConsistency = Quorum, Timeout = Limit };
        return (long)(await _points.CountAsync(request, cancellationToken: cancellationToken)).Result.Count;
    }

    /// <summary>All points that match the filter, or all of the collection, ordered by id and without duplicates.</summary>
    public async IAsyncEnumerable<RetrievedPoint> ScrollAsync(
        string collection, QdrantFilter? filter, PointFields fields, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = new ScrollPoints
        {
            CollectionName = collection,
            Filter = filter?.ToMessage(),
            Limit = fields.PageSize,
            WithPayload = fields.Payload,
            WithVectors = fields.Vectors,
            ReadConsistency = Quorum,
        };
        PointId? last = null;
        do
        {
            var page = await _points.ScrollAsync(next, cancellationToken: cancellationToken);
            foreach (var point in page.Result)
            {
                if (!point.Id.Equals(last))
                    yield return point;
                last = point.Id;
            }
            next.Offset = page.NextPageOffset;
        }
        while (next.Offset is not null);
    }

    /// <summary>The different values of a keyword field.</summary>
    public async Task<IReadOnlyCollection<string>> FacetAsync(string collection, string field, QdrantFilter? filter, int limit, CancellationToken cancellationToken)
    {
        var request = new FacetCounts
        {
            CollectionName = collection, Key = field, Filter = filter?.ToMessage(), Limit = (ulong)limit, Exact = true, ReadConsistency = Quorum,
        };
        var answer = await _points.FacetAsync(request, cancellationToken: cancellationToken);
        return answer.Hits.Select(hit => hit.Value.StringValue).ToHashSet(StringComparer.Ordinal);
    }

    private static PointsSelector Selected(QdrantFilter filter) => new() { Filter = filter.ToMessage() };

    private async Task<IReadOnlyList<ScoredPoint>[]> AskAsync(string collection, IReadOnlyList<PointQuery> queries, CancellationToken cancellationToken)
    {
        var request = new QueryBatchPoints
        {
            CollectionName = collection, ReadConsistency = Quorum, Timeout = Limit, QueryPoints = { queries.Select(query => query.ToMessage(collection)) },
        };
        return [.. (await _points.QueryBatchAsync(request, cancellationToken: cancellationToken)).Result.Select(list => list.Result)];
    }
}
