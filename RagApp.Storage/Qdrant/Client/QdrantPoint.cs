using System.Text.Json;
using System.Text.Json.Serialization;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>A point as it is written, and as scrolling returns it (then without what was not asked for).</summary>
internal sealed record QdrantPoint(Guid Id)
{
    public QdrantVectors? Vector { get; init; }
    public JsonElement? Payload { get; init; }
}

/// <summary>A point that was found.</summary>
/// <param name="Score">Cosine or dot product, whichever vector was asked.</param>
internal sealed record QdrantHit(Guid Id, float Score)
{
    public QdrantVectors? Vector { get; init; }
    public JsonElement? Payload { get; init; }
}

/// <summary>The named vectors of a point; a null one is left as it is not there.</summary>
internal sealed record QdrantVectors
{
    [JsonPropertyName(QdrantFields.Dense)]
    public ReadOnlyMemory<float>? Dense { get; init; }

    [JsonPropertyName(QdrantFields.Keywords)]
    public QdrantSparse? Keywords { get; init; }
}

/// <summary>A sparse vector.</summary>
/// <param name="Indices">Each at most once; a repeated one is refused with 422.</param>
/// <param name="Values">As many as indices.</param>
internal sealed record QdrantSparse(IReadOnlyList<uint> Indices, IReadOnlyList<float> Values);
