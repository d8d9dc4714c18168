using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Manifests;

namespace RagApp.Ingestion.Documents;

/// <summary>Tells whether a version is still the current one.</summary>
internal static class VersionGuard
{
    /// <summary>
    /// True when the document exists and this is its newest version. A version with the same number from before the
    /// path was deleted and used again is another version.
    /// </summary>
    public static bool IsCurrent(DocumentManifest manifest, VersionId version) => !manifest.Deleted && manifest.LatestId == version;
}
