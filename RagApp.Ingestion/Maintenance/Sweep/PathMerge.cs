using RagApp.Contracts.Identity;
using RagApp.Ingestion.Audit;
using RagApp.Ingestion.Intake;
using RagApp.Ingestion.Processing;
using RagApp.Storage.Documents;
using RagApp.Storage.Queue;

namespace RagApp.Ingestion.Maintenance.Sweep;

/// <summary>
/// Takes documents whose path was stored in another form of the same characters over to the path's normal form:
/// 1. the audit says where it goes,
/// 2. its file is taken in there for its uploader alone; where the uploader has a document with the same list, the newer of
/// the two files is its newest version; where another document has the path, a number is added to it,
/// 3. the old document is marked as deleted: from here on its list and tags are the last ones,
/// 4. the new document gets them, and the old one is removed.
/// Nobody reads the new one by a right that was taken away meanwhile. A merge that was cut off before step 3 is done again;
/// after it the uploader has the document, and the audit has the list.
/// </summary>
internal sealed class PathMerge(
    IDocumentStore store, DocumentIntake intake, DocumentRemoval removal, DocumentAccess access, DocumentTagging tagging, DocumentAudit audit)
{
    private const int MostNumbers = 100;

    public static bool IsNeeded(DocumentManifest manifest) =>
        manifest is { Deleted: false, Origin: null } && !NormalForm.IsOf(manifest.Path);

    /// <summary>False when the document has no file that could be taken over whole: its newest version does not answer, or is not kept.</summary>
    /// <exception cref="IntakeException">Another document came to the path in this moment: later it can be tried again.</exception>
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

    /// <summary>Damaged bytes are found here, before anything is taken in.</summary>
    private async Task<DocumentManifest> TakeInAsync(DocumentManifest manifest, string path, DocumentManifest? present, CancellationToken cancellationToken)
    {
        await using var content = await store.OpenOriginalAsync(manifest.Tenant, manifest.Latest, cancellationToken)
            ?? throw new IntakeException(StatusCodes.Status410Gone, "Its file is not in the store.");
        var original = await store.WriteOriginalAsync(manifest.Tenant, content, manifest.Latest.Size, cancellationToken);
        var upload = new Upload(path, Access: [], present is null ? manifest.Source : null, Tags: [], JobPriority.Bulk, original)
        {
            Premise = found => present is null ? found is null : found is not null && found.LatestId == present.LatestId,
        };
        return await intake.AcceptAsync(new Principal(manifest.Tenant, manifest.UploadedBy, [], [], Region: null), upload, cancellationToken);
    }

    /// <summary>The first path that is free, or the uploader's own under the same list, with the document there.</summary>
    private async Task<(string Path, DocumentManifest? Present)?> FindPathAsync(DocumentManifest manifest, CancellationToken cancellationToken)
    {
        var normal = NormalForm.Of(manifest.Path);
        for (var number = 1; number <= MostNumbers; number++)
        {
            var path = number == 1 ? normal : DocumentPath.Numbered(normal, number);
            var present = (await store.FindAsync(manifest.Tenant, DocumentIds.For(manifest.Tenant, path), cancellationToken))?.Manifest;
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
