using Google.Protobuf.Collections;
using Qdrant.Client.Grpc;
using RagApp.Storage.Access;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>A found point, with one entry per different state of its replicas: more than one while a replica is behind.</summary>
/// <param name="Copies">The states of the replicas, newest first.</param>
internal sealed record FoundPoint(Guid Id, IReadOnlyList<ScoredPoint> Copies)
{
    /// <summary>Cosine similarity in the dense list, dot product in the keyword list.</summary>
    public float Score => Copies[0].Score;

    public MapField<string, Value> Payload => Copies[0].Payload;

    /// <summary>True when every replica's access list allows the asker, since one replica may lag behind a revocation.</summary>
    public bool IsOpenTo(AccessFilter filter) => Copies.All(copy => filter.Allows(filter.Tenant, copy.Payload.Texts(QdrantFields.Access)));

    /// <summary>True when the list is full, but has fewer different points than the limit because of duplicates.</summary>
    public static bool IsCutShort(IReadOnlyList<ScoredPoint> list, int limit) =>
        list.Count >= limit && list.DistinctBy(point => point.Id.Uuid).Count() < limit;

    /// <summary>The different points of a list, best first, at most <paramref name="limit"/>.</summary>
    public static IReadOnlyList<FoundPoint> EachOnce(IReadOnlyList<ScoredPoint> list, int limit) =>
    [
        .. list.GroupBy(point => point.Id.Uuid, StringComparer.Ordinal)
            .Select(copies => new FoundPoint(Guid.Parse(copies.Key), [.. copies.OrderByDescending(copy => copy.Version)]))
            .OrderByDescending(point => point.Score)
            .Take(limit),
    ];
}
