using RagApp.Contracts.Documents;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Dlp;

/// <summary>Versions that were blocked or refused.</summary>
internal static class DismissedVersions
{
    /// <summary>
    /// The newest version has failed and keeps nothing: its blobs stand under <see cref="DocumentManifest.Superseded"/>
    /// from the same write on, so that a crash leaves none behind.
    /// </summary>
    public static DocumentManifest WithoutLatest(this DocumentManifest manifest, DocumentVersion version)
    {
        var failed = version with { Status = DocumentStatus.Failed, OriginalRemoved = true };
        return manifest with { Latest = failed, Superseded = [.. manifest.Superseded, failed] };
    }
}
