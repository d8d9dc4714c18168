using Google.Protobuf.Collections;
using Qdrant.Client.Grpc;
using RagApp.Storage.Access;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>A point that was found, in each form that the copies have of it: one, unless a copy lags behind.</summary>
/// <param name="Copies">The newest first.</param>
internal sealed record FoundPoint(Guid Id, IReadOnlyList<ScoredPoint> Copies)
{
    /// <summary>Cosine or dot product, whichever vector was asked.</summary>
    public float Score => Copies[0].Score;

    public MapField<string, Value> Payload => Copies[0].Payload;

    /// <summary>True when every copy admits the asker: one of them may lag behind a revocation.</summary>
    public bool IsOpenTo(AccessFilter filter) => Copies.All(copy => filter.Allows(filter.Tenant, copy.Payload.Texts(QdrantFields.Access)));

    /// <summary>True when points that came twice took the places of others.</summary>
    public static bool IsCutShort(IReadOnlyList<ScoredPoint> list, int limit) =>
        list.Count >= limit && list.DistinctBy(point => point.Id.Uuid).Count() < limit;

    /// <summary>Best first, at most as many as were asked for.</summary>
    public static IReadOnlyList<FoundPoint> EachOnce(IReadOnlyList<ScoredPoint> list, int limit) =>
    [
        .. list.GroupBy(point => point.Id.Uuid, StringComparer.Ordinal)
            .Select(copies => new FoundPoint(Guid.Parse(copies.Key), [.. copies.OrderByDescending(copy => copy.Version)]))
            .OrderByDescending(point => point.Score)
            .Take(limit),
    ];
}
