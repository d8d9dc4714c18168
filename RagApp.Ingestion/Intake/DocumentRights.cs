using RagApp.Contracts.Identity;
using RagApp.Storage.Access;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Intake;

/// <summary>What a person may do with a document, by the manifest under the access list that counts.</summary>
internal static class DocumentRights
{
    /// <summary>Whether they may read its text and find it: by the access list alone.</summary>
    public static bool MayRead(Principal principal, DocumentManifest manifest) => MayRead(AccessFilter.For(principal), manifest);

    public static bool MayRead(AccessFilter filter, DocumentManifest manifest) =>
        !manifest.Deleted && filter.Allows(manifest.Tenant, manifest.Access);

    /// <summary>
    /// Whether they see that it is there, with its state and list. Its uploader always does, so that nobody who leaves
    /// themselves off the list loses the way to change it again.
    /// </summary>
    public static bool MaySee(Principal principal, DocumentManifest manifest) =>
        MayRead(principal, manifest) || (!manifest.Deleted && IsUploader(principal, manifest));

    /// <summary>Whether they may change and delete it.</summary>
    public static bool IsUploader(Principal principal, DocumentManifest manifest) =>
        string.Equals(manifest.Tenant, principal.Tenant, StringComparison.Ordinal)
        && string.Equals(manifest.UploadedBy, principal.Subject, StringComparison.Ordinal);
}
