using Qdrant.Client.Grpc;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>Splits points into batches of at most 500 points and 8 MB; a single larger point is a batch of its own.</summary>
internal static class PointBatches
{
    public const int MostPoints = 500;
    private const int MostBytes = 8 << 20;

    public static IEnumerable<IReadOnlyList<PointStruct>> Of(IEnumerable<PointStruct> points)
    {
        var batch = new List<PointStruct>();
        var bytes = 0;
        foreach (var point in points)
        {
            var size = point.CalculateSize();
            if (batch.Count == MostPoints || (batch.Count > 0 && bytes + size >= MostBytes))
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }
            batch.Add(point);
            bytes += size;
        }
        if (batch.Count > 0)
            yield return batch;
    }
}
