using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using RagApp.Contracts.Search;
using RagApp.Storage.Announcements;
using RagApp.Storage.Documents;
using RagApp.Storage.Index;
using RagApp.Storage.Journals;
using RagApp.Storage.Lucene;
using RagApp.Storage.Queue;

namespace RagApp.Storage;

/// <summary>The stored form of records, generated at compile time: camelCase, nulls left out.</summary>
[JsonSerializable(typeof(DocumentManifest))]
[JsonSerializable(typeof(DocumentContent))]
[JsonSerializable(typeof(DocumentTree))]
[JsonSerializable(typeof(SealedJson.Envelope))]
[JsonSerializable(typeof(DocumentStore.Reembedding))]
[JsonSerializable(typeof(FoundChunk))]
[JsonSerializable(typeof(IndexGeneration))]
[JsonSerializable(typeof(Job))]
[JsonSerializable(typeof(DocumentAnnouncement))]
[JsonSerializable(typeof(AuditRecord))]
[JsonSerializable(typeof(SegmentSeal))]
[JsonSerializable(typeof(SearchFilters))]
[JsonSerializable(typeof(IndexSnapshot))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class StorageJson : JsonSerializerContext
{
    /// <summary>Letters of every script as they are: nothing here ends up in a web page, and escaped they take three times the room.</summary>
    public static StorageJson Plain { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
