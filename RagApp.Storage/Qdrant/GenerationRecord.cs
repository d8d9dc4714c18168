using System.Text.Json;
using System.Text.Json.Serialization;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant;

/// <summary>Payload of the one point per tenant that says which generation answers.</summary>
internal sealed record GenerationRecord(
    [property: JsonPropertyName(QdrantFields.Tenant)] string Tenant,
    [property: JsonPropertyName(QdrantFields.Generation)] string Generation,
    string Model,
    int Dimension)
{
    public static QdrantPoint PointOf(string tenant, IndexGeneration generation) => new(PointIds.OfRecord(tenant))
    {
        Vector = new QdrantVectors(),
        Payload = JsonSerializer.SerializeToElement(
            new GenerationRecord(tenant, generation.Id, generation.Model, generation.Dimension), PayloadJson.Wire.GenerationRecord),
    };

    public static GenerationRecord Read(QdrantPoint point) => point.Payload!.Value.Deserialize(PayloadJson.Wire.GenerationRecord)!;

    public IndexGeneration ToGeneration() => new(Generation, Model, Dimension);
}
