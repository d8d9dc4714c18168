using RagApp.Storage.Documents;
using RagApp.Storage.Index;

namespace RagApp.Ingestion.Processing;

/// <summary>A stored version as the index takes it in.</summary>
internal static class IndexEntries
{
    /// <summary>Under the access list that the manifest has now.</summary>
    public static IndexedDocument ToIndexed(
        this DocumentManifest manifest, DocumentVersion version, DocumentContent content, DocumentVectors vectors) => new(
        manifest.Tenant, manifest.Id, version.Number, manifest.Path, content.Title, content.Language,
        manifest.Access, vectors.Model,
        [.. content.Passages.Zip(vectors.Vectors, (passage, vector) =>
            new ChunkEntry(passage.Ordinal, passage.Text, passage.Section, passage.Page, vector))]);
}
