namespace RagApp.Storage.Documents;

/// <summary>What the store has under one document id, whether or not it belongs together.</summary>
/// <param name="Manifest">Null when there is none, or when it is damaged.</param>
/// <param name="Damage">Why the manifest cannot be read; null when it can, or when there is none.</param>
/// <param name="Versions">Those that have content or vectors.</param>
public sealed record StoredDocument(string Id, DocumentManifest? Manifest, string? Damage, IReadOnlyList<StoredVersion> Versions);

/// <param name="Models">The models that it has vectors of.</param>
public sealed record StoredVersion(VersionId Id, IReadOnlyList<string> Models);
