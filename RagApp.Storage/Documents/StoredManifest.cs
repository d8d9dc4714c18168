namespace RagApp.Storage.Documents;

/// <summary>A manifest with the entity tag that a change of it must name.</summary>
public sealed record StoredManifest(DocumentManifest Manifest, string ETag);
