using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Maintenance.Rebuild;

/// <summary>Gets the vectors of a version for the index that is being built; null when there are none.</summary>
internal delegate Task<DocumentVectors?> VectorSource(
    DocumentManifest manifest, DocumentVersion version, DocumentContent content, CancellationToken cancellationToken);
