using System.Text.Json;
using System.Text.Json.Serialization;
using RagApp.Storage.Documents;
using RagApp.Storage.Index;
using RagApp.Storage.Queue;

namespace RagApp.Storage;

/// <summary>The stored form of records, generated at compile time: camelCase, nulls left out.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DocumentManifest))]
[JsonSerializable(typeof(DocumentContent))]
[JsonSerializable(typeof(SealedJson.Envelope))]
[JsonSerializable(typeof(FoundChunk))]
[JsonSerializable(typeof(Job))]
internal sealed partial class StorageJson : JsonSerializerContext;
