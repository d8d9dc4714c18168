using Google.Protobuf.Collections;
using Qdrant.Client.Grpc;

namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>
/// Changes of a collection's points. A change is checked as a whole; the returned function applies it to one shard under the
/// number of the operation.
/// </summary>
internal static class StandInWrites
{
    public static Action<StandInShard, ulong> Upsert(StandInCollection collection, IReadOnlyCollection<PointStruct> points)
    {
        collection.Strict.CheckUpsert(points.Count);
        var byShard = points.Select(collection.Parse).ToLookup(point => collection.ShardOf(point.Key));
        return (shard, operation) =>
        {
            foreach (var point in byShard[shard])
                shard.Put(point with { Version = operation });
        };
    }

    public static Action<StandInShard, ulong> SetPayload(StandInCollection collection, MapField<string, Value> payload, PointsSelector? selector)
    {
        var isSelected = Selected(collection, selector);
        return (shard, operation) =>
        {
            foreach (var point in shard.Points.Where(isSelected).ToList())
                shard.Put(point.With(payload, operation));
        };
    }

    public static Action<StandInShard, ulong> Delete(StandInCollection collection, PointsSelector? selector)
    {
        var isSelected = Selected(collection, selector);
        return (shard, _) =>
        {
            foreach (var point in shard.Points.Where(isSelected).ToList())
                shard.Remove(point.Key);
        };
    }

    public static Action<StandInShard, ulong> OfBatch(StandInCollection collection, PointsUpdateOperation operation) => operation.OperationCase switch
    {
        PointsUpdateOperation.OperationOneofCase.Upsert => Upsert(collection, operation.Upsert.Points),
        PointsUpdateOperation.OperationOneofCase.SetPayload => SetPayload(collection, operation.SetPayload.Payload, operation.SetPayload.PointsSelector),
        PointsUpdateOperation.OperationOneofCase.DeletePoints => Delete(collection, operation.DeletePoints.Points),
        var other => throw new NotSupportedException($"The stand-in does not carry out {other}."),
    };

    private static Func<StandInPoint, bool> Selected(StandInCollection collection, PointsSelector? selector)
    {
        switch (selector?.PointsSelectorOneOfCase)
        {
            case PointsSelector.PointsSelectorOneOfOneofCase.Points:
                var keys = selector.Points.Ids.Select(StandInPoint.KeyOf).ToHashSet(StringComparer.Ordinal);
                return point => keys.Contains(point.Key);
            case PointsSelector.PointsSelectorOneOfOneofCase.Filter:
                collection.Strict.CheckFilter(selector.Filter, isUpdate: true);
                return point => StandInFilter.Holds(selector.Filter, point);
            default:
                throw new QdrantRefusal(Grpc.Core.StatusCode.InvalidArgument, "PointsSelector is missing");
        }
    }
}
