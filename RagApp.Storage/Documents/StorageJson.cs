using System.Text.Json;
using System.Text.Json.Serialization;
using RagApp.Storage.Index;

namespace RagApp.Storage.Documents;

/// <summary>The stored form of records, generated at compile time: camelCase, nulls left out.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DocumentManifest))]
[JsonSerializable(typeof(DocumentContent))]
[JsonSerializable(typeof(SealedJson.Envelope))]
[JsonSerializable(typeof(FoundChunk))]
internal sealed partial class StorageJson : JsonSerializerContext;
