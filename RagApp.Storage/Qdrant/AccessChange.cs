using System.Text.Json;
using System.Text.Json.Serialization;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant;

/// <summary>Who may read: the list and what stands for it change together.</summary>
internal sealed record AccessChange([property: JsonPropertyName(QdrantFields.Access)] IReadOnlyList<string> Access, string AccessFingerprint)
{
    public static JsonElement To(IReadOnlyList<string> access) =>
        JsonSerializer.SerializeToElement(new AccessChange(access, IndexedVersion.FingerprintOf(access)), PayloadJson.Wire.AccessChange);
}
