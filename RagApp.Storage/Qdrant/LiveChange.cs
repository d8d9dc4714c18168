using System.Text.Json;
using System.Text.Json.Serialization;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant;

/// <summary>A version begins to answer.</summary>
internal sealed record LiveChange([property: JsonPropertyName(QdrantFields.Live)] bool Live)
{
    public static JsonElement On { get; } = JsonSerializer.SerializeToElement(new LiveChange(true), PayloadJson.Wire.LiveChange);
}
