using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Index;

namespace RagApp.Ingestion.Maintenance.Sweep;

/// <summary>Compares a document's entries in the index with its manifest.</summary>
internal static class IndexJudge
{
    /// <param name="manifest">The manifest with its effective access list.</param>
    /// <param name="model">The embedding model of the tenant's index.</param>
    /// <returns>The first difference found, or null.</returns>
    public static OrphanKind? Judge(DocumentManifest? manifest, IReadOnlyList<IndexedVersion> indexed, string? model)
    {
        if (manifest is null)
            return indexed.Count > 0 ? OrphanKind.ChunksWithoutDocument : null;
        if (manifest.Deleted)
            return null; // being deleted: the deletion or the recovery finishes it
        if (manifest.Searchable is not { } version)
            return indexed.Count > 0 ? OrphanKind.ChunksOfOtherVersion : null;

        if (indexed.Any(entry => entry.Version != version.Number || entry.Incarnation != manifest.Incarnation))
            return OrphanKind.ChunksOfOtherVersion;
        if (indexed.Sum(entry => entry.Chunks) != version.Total)
            return OrphanKind.VersionNotIndexed;
        var access = IndexedVersion.FingerprintOf(manifest.Access);
        if (indexed.Any(entry => entry.AccessFingerprint != access))
            return OrphanKind.AccessDiffers;
        return indexed.Any(entry => entry.Model != model) ? OrphanKind.ChunksOfOtherModel : null;
    }
}
