using Qdrant.Client.Grpc;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant;

/// <summary>The one point per tenant that says which generation answers.</summary>
internal sealed record GenerationRecord(string Tenant, IndexGeneration Generation)
{
    public static PointFields Fields { get; } = PointFields.Small(QdrantFields.Tenant, QdrantFields.Generation, QdrantFields.Model, QdrantFields.Dimension);

    public PointStruct ToPoint() => new()
    {
        Id = PointIds.OfRecord(Tenant),
        Vectors = new Vectors { Vectors_ = new NamedVectors() },
        Payload =
        {
            [QdrantFields.Tenant] = Tenant,
            [QdrantFields.Generation] = Generation.Id,
            [QdrantFields.Model] = Generation.Model,
            [QdrantFields.Dimension] = Generation.Dimension,
        },
    };

    public static GenerationRecord Read(RetrievedPoint point) => new(
        point.Payload.Text(QdrantFields.Tenant),
        new IndexGeneration(
            point.Payload.Text(QdrantFields.Generation), point.Payload.Text(QdrantFields.Model), (int)point.Payload.Number(QdrantFields.Dimension)));
}
