using System.Text.Json.Serialization;
using RagApp.Storage.Documents.Contents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Documents.Trees;

namespace RagApp.Storage.Documents;

/// <summary>JSON serialization of stored documents, see <see cref="StoredJson"/>.</summary>
[JsonSerializable(typeof(DocumentManifest))]
[JsonSerializable(typeof(DocumentContent))]
[JsonSerializable(typeof(DocumentTree))]
[JsonSerializable(typeof(SealedJson.Envelope))]
[JsonSerializable(typeof(ContentStore.Reembedding))]
internal sealed partial class DocumentsJson : JsonSerializerContext
{
    public static DocumentsJson Plain { get; } = new(StoredJson.NewOptions());
}
