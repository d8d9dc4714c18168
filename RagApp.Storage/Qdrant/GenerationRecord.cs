using Qdrant.Client.Grpc;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant;

/// <summary>
/// A point that says which generation of a tenant answers. It is never written over: a quorum finds a point only while all
/// copies that it asks hold the same of it, and a record that is being replaced would be none.
/// </summary>
/// <param name="Id">Made of tenant and generation; of the tenant alone in records that were written over.</param>
/// <param name="Order">The highest of a tenant's counts; missing, hence 0, in records that were written over.</param>
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
