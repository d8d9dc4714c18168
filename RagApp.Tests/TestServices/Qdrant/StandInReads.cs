using Qdrant.Client.Grpc;

namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>Reads of a collection; all comparisons are exact, without an approximate index.</summary>
/// <param name="doubles">Callback for each keyword list read from a quorum: true doubles every point in it.</param>
internal sealed class StandInReads(StandInCollection collection, Func<bool> doubles)
{
    private const int DefaultLimit = 10;

    public GetResponse Get(GetPoints request) => new()
    {
        Result =
        {
            request.Ids.Select(StandInPoint.KeyOf)
                .Select(key => collection.ShardOf(key).Find(key)).OfType<StandInPoint>()
                .Select(point => point.ToRetrieved(request.WithPayload, request.WithVectors)),
        },
    };

    public QueryResponse Query(QueryPoints request) => new() { Result = { Ask(request, request.ReadConsistency) } };

    public QueryBatchResponse QueryBatch(QueryBatchPoints request)
    {
        collection.Strict.CheckSearches(request.QueryPoints.Count);
        return new QueryBatchResponse { Result = { request.QueryPoints.Select(query => new BatchResult { Result = { Ask(query, request.ReadConsistency) } }) } };
    }

    public CountResponse Count(CountPoints request)
    {
        collection.Strict.CheckFilter(request.Filter, isUpdate: false);
        return new CountResponse { Result = new CountResult { Count = (ulong)Points(request.ReadConsistency).Count(point => StandInFilter.Holds(request.Filter, point)) } };
    }

    public ScrollResponse Scroll(ScrollPoints request)
    {
        var limit = request.HasLimit ? (int)request.Limit : DefaultLimit;
        collection.Strict.CheckLimit((ulong)limit);
        collection.Strict.CheckFilter(request.Filter, isUpdate: false);
        var from = request.Offset is null ? "" : StandInPoint.KeyOf(request.Offset);
        var page = Points(request.ReadConsistency).Where(point => string.CompareOrdinal(point.Key, from) >= 0 && StandInFilter.Holds(request.Filter, point))
            .OrderBy(point => point.Key, StringComparer.Ordinal).Take(limit + 1).ToList();
        return new ScrollResponse
        {
            Result = { page.Take(limit).Select(point => point.ToRetrieved(request.WithPayload, request.WithVectors)) },
            NextPageOffset = page.Count > limit ? page[^1].Id : null,
        };
    }

    public FacetResponse Facet(FacetCounts request)
    {
        if (!collection.HasKeywordIndex(request.Key))
            throw QdrantRefusal.NoIndex(request.Key, "keyword");
        collection.Strict.CheckFilter(request.Filter, isUpdate: false);
        var hits = Points(request.ReadConsistency).Where(point => StandInFilter.Holds(request.Filter, point))
            .SelectMany(point => StandInFilter.ValuesOf(point, request.Key))
            .CountBy(value => value.StringValue)
            .OrderByDescending(value => value.Value).ThenBy(value => value.Key, StringComparer.Ordinal)
            .Take(request.HasLimit ? (int)request.Limit : DefaultLimit);
        return new FacetResponse { Hits = { hits.Select(hit => new FacetHit { Value = new FacetValue { StringValue = hit.Key }, Count = (ulong)hit.Value }) } };
    }

    private static bool IsQuorum(ReadConsistency? consistency) => consistency?.Type is ReadConsistencyType.Quorum;

    private IEnumerable<StandInPoint> Points(ReadConsistency? consistency) =>
        collection.Shards.SelectMany(shard => IsQuorum(consistency) ? shard.Agreed : shard.Points);

    private IEnumerable<ScoredPoint> Ask(QueryPoints request, ReadConsistency? consistency)
    {
        var limit = request.HasLimit ? request.Limit : DefaultLimit;
        collection.Strict.CheckLimit(limit);
        collection.Strict.CheckFilter(request.Filter, isUpdate: false);
        var (name, query) = (request.Using, QueryVector.Of(request.Query.Nearest));
        collection.Check(name, query);
        var isQuorum = IsQuorum(consistency);
        var times = query.Sparse is not null && isQuorum && doubles() ? 2 : 1;
        return collection.Shards.SelectMany(shard => isQuorum ? shard.OfAllCopies : shard.Points)
            .Where(point => StandInFilter.Holds(request.Filter, point))
            .Select(point => (Point: point, Score: point.Score(name, query)))
            .Where(found => found.Score >= (request.HasScoreThreshold ? request.ScoreThreshold : float.NegativeInfinity))
            .OrderByDescending(found => found.Score).ThenBy(found => found.Point.Key, StringComparer.Ordinal)
            .SelectMany(found => Enumerable.Repeat(found, times))
            .Skip((int)request.Offset)
            .Take((int)limit)
            .Select(found => found.Point.ToScored(found.Score!.Value, request.WithPayload, request.WithVectors));
    }
}
