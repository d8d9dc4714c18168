using RagApp.Contracts.Identity;
using RagApp.Storage.Access;
using RagApp.Storage.Documents.Manifests;

namespace RagApp.Ingestion.Documents;

/// <summary>
/// Decides what a person may do with a document. Every manifest passed in must have the effective access list
/// (<see cref="InheritedAccess"/>).
/// </summary>
internal static class DocumentRights
{
    /// <summary>True when the person may read the document's text and find it; only the access list decides.</summary>
    public static bool MayRead(Principal principal, DocumentManifest manifest) =>
        !manifest.Deleted && AccessFilter.For(principal).Allows(manifest.Tenant, manifest.Access);

    /// <summary>True when the person may see that the document exists, with its status and access list.</summary>
    public static bool MaySee(Principal principal, DocumentManifest manifest) => MaySee(AccessFilter.For(principal), manifest);

    public static bool MaySee(AccessFilter reader, DocumentManifest manifest) =>
        !manifest.Deleted && reader.Allows(manifest.Tenant, SeenBy(manifest));

    /// <summary>
    /// The access entries that may see a document: its access list and its uploader, who could otherwise not change a
    /// list without themselves on it. An empty list means that the upload is gone, and nobody sees the document.
    /// </summary>
    public static IEnumerable<string> SeenBy(DocumentManifest manifest) =>
        manifest.Access.Count == 0 ? [] : manifest.Access.Append(AccessEntry.User(manifest.UploadedBy)).Distinct(StringComparer.Ordinal);

    /// <summary>True when the person uploaded the document, and so may change and delete it.</summary>
    public static bool IsUploader(Principal principal, DocumentManifest manifest) =>
        string.Equals(manifest.Tenant, principal.Tenant, StringComparison.Ordinal)
        && string.Equals(manifest.UploadedBy, principal.Subject, StringComparison.Ordinal);
}
