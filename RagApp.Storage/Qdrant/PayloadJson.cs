using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RagApp.Storage.Qdrant;

/// <summary>The payload of points, generated at compile time: snake_case, nulls left out.</summary>
[JsonSerializable(typeof(ChunkPayload))]
[JsonSerializable(typeof(ScannedChunk))]
[JsonSerializable(typeof(CountedChunk))]
[JsonSerializable(typeof(AccessChange))]
[JsonSerializable(typeof(LiveChange))]
[JsonSerializable(typeof(GenerationRecord))]
[JsonSerializable(typeof(SavedCollections))]
internal sealed partial class PayloadJson : JsonSerializerContext
{
    public static PayloadJson Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
