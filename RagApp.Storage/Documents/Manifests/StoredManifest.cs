namespace RagApp.Storage.Documents.Manifests;

/// <summary>A stored manifest with the entity tag that a change must name.</summary>
public sealed record StoredManifest(DocumentManifest Manifest, string ETag);
