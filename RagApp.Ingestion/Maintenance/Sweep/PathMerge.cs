using System.Net;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;
using RagApp.Ingestion.Audit;
using RagApp.Ingestion.Intake;
using RagApp.Ingestion.Processing.Changes;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Documents.Originals;
using RagApp.Text;

namespace RagApp.Ingestion.Maintenance.Sweep;

/// <summary>
/// Moves a document whose path is not in normal form C to the normal path:
/// 1. records the move in the audit,
/// 2. uploads the file at the normal path for the uploader alone; when the uploader has a document there with the same
/// access list, the newer file becomes its newest version; when another document has the path, a number is added to it,
/// 3. marks the old document as deleted, so that its access list and tags are final,
/// 4. gives list and tags to the new document and removes the old one.
/// Nobody reads the new document by a right that was taken away meanwhile. A merge interrupted before step 3 is
/// repeated; after step 3 the uploader has the document, and the audit has the access list.
/// </summary>
internal sealed class PathMerge(
    IManifestStore documents, IOriginalStore originals, DocumentIntake intake, DocumentRemoval removal, AccessChanges access, TagChanges tagging, DocumentAudit audit)
{
    private const int MostNumbers = 100;

    public static bool IsNeeded(DocumentManifest manifest) =>
        manifest is { Deleted: false, Origin: null } && !NormalForm.IsOf(manifest.Path);

    /// <summary>
    /// Merges a document. Returns false when its newest version is not searchable or its file is not kept, so that no file can
    /// be taken over.
    /// </summary>
    /// <exception cref="ProblemException">Another document was stored at the path meanwhile; a later attempt may succeed.</exception>
    public async Task<bool> TryMergeAsync(DocumentManifest manifest, CancellationToken cancellationToken)
    {
        if (!Answers(manifest) || await FindPathAsync(manifest, cancellationToken) is not (var path, var present))
            return false;
        await audit.MovedAsync(manifest, path, cancellationToken); // 1
        var taken = present is not null && present.Latest.UploadedAt >= manifest.Latest.UploadedAt
            ? present
            : await TakeInAsync(manifest, path, present, cancellationToken); // 2
        var service = Principal.ForService(manifest.Tenant, "maintenance");
        if (await removal.MarkAsync(service, manifest, cancellationToken) is not { } marked) // 3
            return true;
        if (present is null)
        {
            await tagging.ChangeAsync(service, taken, marked.Tags, CancellationToken.None); // 4
            await access.ChangeAsync(service, taken, marked.Access, CancellationToken.None);
        }
        await removal.FinishAsync(marked, CancellationToken.None);
        return true;
    }

    /// <summary>Uploads the file at the new path. Damaged bytes are found before anything is changed.</summary>
    private async Task<DocumentManifest> TakeInAsync(DocumentManifest manifest, string path, DocumentManifest? present, CancellationToken cancellationToken)
    {
        await using var content = await originals.OpenAsync(manifest.Tenant, manifest.Latest, cancellationToken)
            ?? throw new ProblemException(HttpStatusCode.Gone, "Its file is not in the store.");
        var original = await originals.WriteAsync(manifest.Tenant, content, manifest.Latest.Size, cancellationToken);
        var upload = new Upload(path, Access: [], present is null ? manifest.Source : null, Tags: [], JobPriority.Bulk, original)
        {
            Premise = found => present is null ? found is null : found is not null && found.LatestId == present.LatestId,
        };
        return await intake.AcceptAsync(new Principal(manifest.Tenant, manifest.UploadedBy, [], [], Region: null), upload, cancellationToken);
    }

    /// <summary>The first path that is free or holds a document of the same uploader with the same access list, with that document.</summary>
    private async Task<(string Path, DocumentManifest? Present)?> FindPathAsync(DocumentManifest manifest, CancellationToken cancellationToken)
    {
        var normal = NormalForm.Of(manifest.Path);
        for (var number = 1; number <= MostNumbers; number++)
        {
            var path = number == 1 ? normal : DocumentPath.Numbered(normal, number);
            var present = (await documents.FindAsync(manifest.Tenant, DocumentIds.For(manifest.Tenant, path), cancellationToken))?.Manifest;
            if (present is null || IsSame(present, manifest))
                return (path, present);
        }
        return null;
    }

    private static bool Answers(DocumentManifest manifest) =>
        !manifest.Latest.OriginalRemoved && manifest.Searchable?.Number == manifest.Latest.Number;

    private static bool IsSame(DocumentManifest present, DocumentManifest manifest) =>
        present is { Deleted: false, Origin: null } && Answers(present) && present.UploadedBy == manifest.UploadedBy
        && present.Access.ToHashSet(StringComparer.Ordinal).SetEquals(manifest.Access)
        && present.Tags.SequenceEqual(manifest.Tags, StringComparer.Ordinal);
}
