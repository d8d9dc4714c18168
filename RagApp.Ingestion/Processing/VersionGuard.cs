using RagApp.Contracts.Documents;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Processing;

/// <summary>Whether work on a version still has a point.</summary>
internal static class VersionGuard
{
    public static bool IsCurrent(DocumentManifest manifest, int version) => !manifest.Deleted && manifest.Latest.Number == version;

    public static bool IsTerminal(DocumentStatus status) => status.IsFinal();
}
