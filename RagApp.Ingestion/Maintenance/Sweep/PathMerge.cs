using System.Globalization;
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
/// 2. its newest file is taken in there, as a document of the same uploader under the same list; where the uploader has
/// one with the same list, the newer of the two files is its newest version; where somebody else's document, or one with
/// another list, has the path, a number is added to it,
/// 3. the old document is deleted. A merge that was cut off is seen by the old document and done again.
/// </summary>
internal sealed class PathMerge(IDocumentStore store, DocumentIntake intake, DocumentRemoval removal, DocumentAudit audit)
{
    private const int MostNumbers = 100;

    public static bool IsNeeded(DocumentManifest manifest) =>
        manifest is { Deleted: false, Origin: null } && !NormalForm.IsOf(manifest.Path);

    /// <summary>False when the document has no file to take over.</summary>
    public async Task<bool> TryMergeAsync(DocumentManifest manifest, CancellationToken cancellationToken)
    {
        if (manifest.Latest.OriginalRemoved || await FindPathAsync(manifest, cancellationToken) is not (var path, var present))
            return false;
        await audit.MovedAsync(manifest, path, cancellationToken); // 1
        if (present is null || present.Latest.UploadedAt < manifest.Latest.UploadedAt)
        {
            if (await store.OpenOriginalAsync(manifest.Tenant, manifest.Latest, cancellationToken) is not { } content)
                return false;
            await using (content)
                await TakeInAsync(manifest, path, present, content, cancellationToken); // 2
        }
        if (await removal.MarkAsync(Principal.ForService(manifest.Tenant, "maintenance"), manifest, cancellationToken) is { } marked)
            await removal.FinishAsync(marked, cancellationToken); // 3
        return true;
    }

    private async Task TakeInAsync(DocumentManifest manifest, string path, DocumentManifest? present, Stream content, CancellationToken cancellationToken)
    {
        var original = await store.WriteOriginalAsync(manifest.Tenant, content, manifest.Latest.Size, cancellationToken);
        var uploader = new Principal(manifest.Tenant, manifest.UploadedBy, [], [], Region: null);
        var upload = present is null
            ? new Upload(path, manifest.Access, manifest.Source, manifest.Tags, JobPriority.Bulk, original)
            : new Upload(path, Access: [], Source: null, Tags: [], JobPriority.Bulk, original);
        await intake.AcceptAsync(uploader, upload, cancellationToken);
    }

    /// <summary>The first path that is free or the uploader's own under the same list, with the document there.</summary>
    private async Task<(string Path, DocumentManifest? Present)?> FindPathAsync(DocumentManifest manifest, CancellationToken cancellationToken)
    {
        var normal = NormalForm.Of(manifest.Path);
        for (var number = 1; number <= MostNumbers; number++)
        {
            var ending = Path.GetExtension(normal);
            var path = number == 1 ? normal : string.Create(CultureInfo.InvariantCulture, $"{normal[..^ending.Length]} ({number}){ending}");
            var present = (await store.FindAsync(manifest.Tenant, DocumentIds.For(manifest.Tenant, path), cancellationToken))?.Manifest;
            if (present is null || IsSame(present, manifest))
                return (path, present);
        }
        return null;
    }

    private static bool IsSame(DocumentManifest present, DocumentManifest manifest) =>
        present is { Deleted: false, Origin: null } && present.UploadedBy == manifest.UploadedBy
        && present.Access.ToHashSet(StringComparer.Ordinal).SetEquals(manifest.Access);
}
