using System.Runtime.CompilerServices;
using Google.Protobuf.Collections;
using Microsoft.Extensions.Options;
using Qdrant.Client.Grpc;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>
/// Points: writing, asking, walking through. Writes wait until they are carried out, and reads ask a quorum of the copies,
/// so that a node that is cut off from the others refuses. Every method throws <see cref="QdrantException"/> when it is
/// refused, or not answered in time.
/// </summary>
internal sealed class QdrantPoints(FailoverInvoker invoker, IOptions<QdrantOptions> options)
{
    /// <summary>A change that must not overtake another on some copy; costs a step to the copies' leader.</summary>
    private static readonly WriteOrdering InOrder = new() { Type = WriteOrderingType.Medium };

    private static readonly ReadConsistency Quorum = new() { Type = ReadConsistencyType.Quorum };

    private readonly Points.PointsClient _points = new(invoker);

    /// <summary>The server's own limit, in whole seconds: what nobody waits for any more need not be found.</summary>
    private ulong Limit => (ulong)Math.Ceiling(options.Value.ReadTimeout.TotalSeconds);

    /// <summary>
    /// Writes points, in the place of those with the same ids, in requests of bounded size. Each request is taken whole
    /// or refused whole; an earlier one stays when a later one fails.
    /// </summary>
    public async Task UpsertAsync(string collection, IEnumerable<PointStruct> points, CancellationToken cancellationToken)
    {
        foreach (var batch in PointBatches.Of(points))
            await _points.UpsertAsync(new UpsertPoints { CollectionName = collection, Wait = true, Ordering = InOrder, Points = { batch } }, cancellationToken: cancellationToken);
    }

    /// <summary>Sets these payload fields on every point that the filter finds; the others stay.</summary>
    public async Task SetPayloadAsync(string collection, QdrantFilter filter, MapField<string, Value> payload, CancellationToken cancellationToken) =>
        await _points.SetPayloadAsync(
            new SetPayloadPoints { CollectionName = collection, Wait = true, Ordering = InOrder, PointsSelector = Selected(filter), Payload = { payload } },
            cancellationToken: cancellationToken);

    /// <summary>Removes every point that the filter finds.</summary>
    public async Task DeleteAsync(string collection, QdrantFilter filter, CancellationToken cancellationToken) =>
        await _points.DeleteAsync(
            new DeletePoints { CollectionName = collection, Wait = true, Ordering = InOrder, Points = Selected(filter) }, cancellationToken: cancellationToken);

    /// <summary>
    /// The answer to each query, in their order, each point once. A quorum at times answers every point of a list twice, and
    /// the limit counts both: such a list is asked for again, for twice as many.
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

    /// <summary>Counts points one by one. Without a filter it counts all of the collection.</summary>
    public async Task<long> CountAsync(string collection, QdrantFilter? filter, CancellationToken cancellationToken)
    {
        var request = new CountPoints { CollectionName = collection, Filter = filter?.ToMessage(), Exact = true, ReadConsistency = Quorum, Timeout = Limit };
        return (long)(await _points.CountAsync(request, cancellationToken: cancellationToken)).Result.Count;
    }

    /// <summary>All points, or those that the filter finds, by id, each once.</summary>
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

    /// <summary>The values of a keyword field that points have.</summary>
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
