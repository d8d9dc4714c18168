using RagApp.Contracts.Identity;
using RagApp.Storage.Access;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Intake;

/// <summary>What a person may do with a document, by the manifest under the access list that counts.</summary>
internal static class DocumentRights
{
    /// <summary>Whether they may read its text and find it: by the access list alone.</summary>
    public static bool MayRead(Principal principal, DocumentManifest manifest) =>
        !manifest.Deleted && AccessFilter.For(principal).Allows(manifest.Tenant, manifest.Access);

    /// <summary>Whether they see that it is there, with its state and list.</summary>
    public static bool MaySee(Principal principal, DocumentManifest manifest) => MaySee(AccessFilter.For(principal), manifest);

    public static bool MaySee(AccessFilter reader, DocumentManifest manifest) =>
        !manifest.Deleted && reader.Allows(manifest.Tenant, SeenBy(manifest));

    /// <summary>
    /// The entries that see a document: its access list and its uploader, so that nobody who leaves themselves off the list
    /// loses the way to change it again. A list that names nobody is that of an upload which is gone: nobody sees it.
    /// </summary>
    public static IEnumerable<string> SeenBy(DocumentManifest manifest) =>
        manifest.Access.Count == 0 ? [] : manifest.Access.Append(AccessEntry.User(manifest.UploadedBy)).Distinct(StringComparer.Ordinal);

    /// <summary>Whether they may change and delete it.</summary>
    public static bool IsUploader(Principal principal, DocumentManifest manifest) =>
        string.Equals(manifest.Tenant, principal.Tenant, StringComparison.Ordinal)
        && string.Equals(manifest.UploadedBy, principal.Subject, StringComparison.Ordinal);
}
