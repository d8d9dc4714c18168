using RagApp.Storage.Documents;
using RagApp.Storage.Index;

namespace RagApp.Ingestion.Maintenance.Sweep;

/// <summary>Whether what the index has of a document is what its manifest says.</summary>
internal static class IndexJudge
{
    /// <param name="manifest">Under the access list that counts.</param>
    /// <param name="model">The model that the tenant's index is made with.</param>
    /// <returns>The first thing that is wrong, or null.</returns>
    public static OrphanKind? Judge(DocumentManifest? manifest, IReadOnlyList<IndexedVersion> indexed, string? model)
    {
        if (manifest is null)
            return indexed.Count > 0 ? OrphanKind.ChunksWithoutDocument : null;
        if (manifest.Deleted)
            return null; // on its way out: whoever deletes it, or the recovery, finishes that
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
