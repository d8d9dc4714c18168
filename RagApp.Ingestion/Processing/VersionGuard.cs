using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Processing;

/// <summary>Tells whether work on a version still has a point.</summary>
internal static class VersionGuard
{
    /// <summary>True while the document is there and this is its newest version. The same number in another life of the path is another version.</summary>
    public static bool IsCurrent(DocumentManifest manifest, VersionId version) => !manifest.Deleted && manifest.LatestId == version;
}
