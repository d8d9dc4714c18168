using RagApp.Contracts.Identity;
using RagApp.Storage.Access;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Intake;

/// <summary>Decides what a person may do with a document. Each manifest here is the one under the access list that counts (<see cref="Processing.InheritedAccess"/>).</summary>
internal static class DocumentRights
{
    /// <summary>True when the person may read its text and find it; the access list alone decides.</summary>
    public static bool MayRead(Principal principal, DocumentManifest manifest) =>
        !manifest.Deleted && AccessFilter.For(principal).Allows(manifest.Tenant, manifest.Access);

    /// <summary>True when the person sees that it is there, with its state and its list.</summary>
    public static bool MaySee(Principal principal, DocumentManifest manifest) => MaySee(AccessFilter.For(principal), manifest);

    public static bool MaySee(AccessFilter reader, DocumentManifest manifest) =>
        !manifest.Deleted && reader.Allows(manifest.Tenant, SeenBy(manifest));

    /// <summary>
    /// The entries that see a document: its access list and its uploader, so that nobody who leaves themselves off the list
    /// loses the way to change it again. A list that names nobody is that of an upload which is gone: nobody sees it.
    /// </summary>
    public static IEnumerable<string> SeenBy(DocumentManifest manifest) =>
        manifest.Access.Count == 0 ? [] : manifest.Access.Append(AccessEntry.User(manifest.UploadedBy)).Distinct(StringComparer.Ordinal);

    /// <summary>True when the person may change and delete it.</summary>
    public static bool IsUploader(Principal principal, DocumentManifest manifest) =>
        string.Equals(manifest.Tenant, principal.Tenant, StringComparison.Ordinal)
        && string.Equals(manifest.UploadedBy, principal.Subject, StringComparison.Ordinal);
}
