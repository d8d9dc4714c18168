using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Processing;

/// <summary>Whether work on a version still has a point.</summary>
internal static class VersionGuard
{
    /// <summary>Whether the document is there and that is its newest version; the same number in another life of the path is another version.</summary>
    public static bool IsCurrent(DocumentManifest manifest, VersionId version) => !manifest.Deleted && manifest.LatestId == version;
}
