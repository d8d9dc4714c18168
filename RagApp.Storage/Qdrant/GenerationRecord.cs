using Qdrant.Client.Grpc;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant;

/// <summary>
/// A point that records the current generation of a tenant. It is never overwritten: a quorum read finds a point only while
/// the replicas have the same state of it, so that a record that is being overwritten would not be found.
/// </summary>
/// <param name="Id">Hash of tenant and generation; in old records, which were overwritten, hash of the tenant only.</param>
/// <param name="Order">Order number; the tenant's record with the highest one is current. Missing in old records, and then 0.</param>
internal sealed record GenerationRecord(Guid Id, string Tenant, IndexGeneration Generation, long Order)
{
    public static PointFields Fields { get; } =
        PointFields.Small(QdrantFields.Tenant, QdrantFields.Generation, QdrantFields.Model, QdrantFields.Dimension, QdrantFields.Order);

    public PointStruct ToPoint() => new()
    {
        Id = Id,
        Vectors = new Vectors { Vectors_ = new NamedVectors() },
        Payload =
        {
            [QdrantFields.Tenant] = Tenant,
            [QdrantFields.Generation] = Generation.Id,
            [QdrantFields.Model] = Generation.Model,
            [QdrantFields.Dimension] = Generation.Dimension,
            [QdrantFields.Order] = Order,
        },
    };

    public static GenerationRecord Read(RetrievedPoint point) => new(
        Guid.Parse(point.Id.Uuid),
        point.Payload.Text(QdrantFields.Tenant),
        new IndexGeneration(
            point.Payload.Text(QdrantFields.Generation), point.Payload.Text(QdrantFields.Model), (int)point.Payload.Number(QdrantFields.Dimension)),
        point.Payload.FindNumber(QdrantFields.Order) ?? 0);
}
