using RagApp.Contracts.Documents;
using RagApp.Storage.Documents.Manifests;

namespace RagApp.Ingestion.Processing.Screening;

/// <summary>Marks versions that were blocked by the policy or refused by an operator.</summary>
internal static class DismissedVersions
{
    /// <summary>
    /// The manifest with its newest version failed and kept nowhere: the version is listed under <see
    /// cref="DocumentManifest.Superseded"/> in the same write, so that a crash leaves none of its blobs behind.
    /// </summary>
    public static DocumentManifest WithoutLatest(this DocumentManifest manifest, DocumentVersion version)
    {
        var failed = version with { Status = DocumentStatus.Failed, OriginalRemoved = true };
        return manifest with { Latest = failed, Superseded = [.. manifest.Superseded, failed] };
    }
}
