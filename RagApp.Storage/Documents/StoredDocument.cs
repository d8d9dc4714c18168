using RagApp.Storage.Documents.Manifests;

namespace RagApp.Storage.Documents;

/// <summary>Everything stored under one document id, including parts that belong to no present version.</summary>
/// <param name="Manifest">The manifest; null when there is none, or when it is damaged.</param>
/// <param name="Damage">Description of the manifest's damage; null when it is readable or does not exist.</param>
/// <param name="Versions">The versions that have content or vectors.</param>
public sealed record StoredDocument(string Id, DocumentManifest? Manifest, string? Damage, IReadOnlyList<StoredVersion> Versions);

/// <param name="Models">The models whose vectors of the version are stored.</param>
public sealed record StoredVersion(VersionId Id, IReadOnlyList<string> Models);
