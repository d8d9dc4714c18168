using RagApp.Contracts.Documents;
using RagApp.Contracts.Identity;
using RagApp.Ingestion.Audit;
using RagApp.Ingestion.Catalogue;
using RagApp.Ingestion.Documents;
using RagApp.Ingestion.Processing.Changes;
using RagApp.Ingestion.Processing.Jobs;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Documents.Originals;

namespace RagApp.Ingestion.Processing.Children;

/// <summary>
/// Stores one extracted file as a document, with the uploader and the access list of the upload. The same bytes as
/// before change nothing; other bytes are a new version.
/// </summary>
internal sealed class ChildIntake(
    IManifestStore documents, IOriginalStore originals, InheritedAccess inherited, ManifestEditor manifests, IngestionJobs jobs, DocumentRemoval removal, DocumentAudit audit, DocumentLocks locks, TimeProvider time)
{
    private const string UnknownType = "application/octet-stream";

    /// <exception cref="StaleVersionException">The parent was deleted, or this version of it was replaced.</exception>
    public async Task TakeAsync(DocumentManifest parent, ChildPlan plan, Stream content, CancellationToken cancellationToken)
    {
        var original = await originals.WriteAsync(parent.Tenant, content, plan.Member.Size, cancellationToken);
        DocumentManifest? saved = null;
        try
        {
            await FinishRemovalAsync(parent.Tenant, plan.Id, cancellationToken);
            saved = await SaveAsync(parent, plan, original, cancellationToken);
        }
        finally
        {
            if (saved is null)
                await originals.DeleteAsync(parent.Tenant, original.Id, CancellationToken.None);
        }
        if (saved is not null)
            await jobs.AddAsync(saved, cancellationToken);
    }

    /// <summary>Finishes the removal of a document that was in an earlier version of the parent and is in this one again.</summary>
    private async Task FinishRemovalAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(tenant, id, cancellationToken) is { Manifest: { Deleted: true } going })
            await removal.FinishAsync(going, cancellationToken);
    }

    /// <summary>
    /// Saves the document under the lock of the upload. A deletion takes that lock before it goes through the extracted
    /// documents, so it misses none. Returns null when nothing is to be done.
    /// </summary>
    private async Task<DocumentManifest?> SaveAsync(DocumentManifest parent, ChildPlan plan, StoredOriginal original, CancellationToken cancellationToken)
    {
        using var held = await locks.LockAsync(parent.UploadId, cancellationToken);
        var root = await RequireWantedAsync(parent, cancellationToken);
        while (true)
        {
            var stored = await documents.FindAsync(parent.Tenant, plan.Id, cancellationToken);
            if (stored is not null && (stored.Manifest.Deleted || stored.Manifest.Origin?.IsDirectlyIn(parent) != true))
                throw new InvalidOperationException($"The path of document {plan.Id} was taken meanwhile."); // the repeated job finds another path
            if (stored is not null && IsDone(stored.Manifest, parent, original))
                return null;
            var next = stored is null ? First(parent, root, plan, original) : Next(stored.Manifest, parent, root, plan, original);
            await audit.UploadedAsync(Principal.ForService(next.Tenant, "document-ingestion"), next with { Access = root.Access }, cancellationToken);
            try
            {
                return await manifests.SaveAsync(next, stored, cancellationToken);
            }
            catch (BlobConflictException)
            {
                // the document's own job wrote its progress: read again and decide again
            }
        }
    }

    private async Task<DocumentManifest> RequireWantedAsync(DocumentManifest parent, CancellationToken cancellationToken)
    {
        var current = await documents.FindAsync(parent.Tenant, parent.Id, cancellationToken);
        return current is not null && VersionGuard.IsCurrent(current.Manifest, parent.LatestId)
            && await inherited.FindRootAsync(parent, cancellationToken) is { Deleted: false } root
                ? root
                : throw new StaleVersionException();
    }

    /// <summary>
    /// True when the document already has these bytes. A failed version is tried again for a new version of the parent,
    /// but not when the parent's job is repeated.
    /// </summary>
    private static bool IsDone(DocumentManifest existing, DocumentManifest parent, StoredOriginal original)
    {
        var failed = existing.Latest.Status == DocumentStatus.Failed && existing.Origin?.ParentVersion != parent.Latest.Number;
        return string.Equals((failed ? existing.Searchable : existing.Latest)?.Sha256, original.Sha256, StringComparison.Ordinal);
    }

    private DocumentManifest First(DocumentManifest parent, DocumentManifest root, ChildPlan plan, StoredOriginal original)
    {
        var now = time.GetUtcNow();
        return new DocumentManifest(
            parent.Tenant, plan.Id, plan.Path, Access: [], root.UploadedBy, now, now, Version(parent, plan, original, number: 1), Searchable: null)
        {
            Incarnation = DocumentIds.NewIncarnation(),
            Source = root.Source,
            Tags = root.Tags,
            Origin = DocumentOrigin.In(parent),
        };
    }

    private DocumentManifest Next(DocumentManifest existing, DocumentManifest parent, DocumentManifest root, ChildPlan plan, StoredOriginal original) =>
        existing.Followed(Version(parent, plan, original, existing.Latest.Number + 1), time.GetUtcNow()) with { Tags = root.Tags, Origin = DocumentOrigin.In(parent) };

    private DocumentVersion Version(DocumentManifest parent, ChildPlan plan, StoredOriginal original, int number) => new(
        number, original.Id, original.Sha256, original.Size, UnknownType, DocumentPath.FileName(plan.Path),
        DocumentStatus.Queued, Reason: null, Warnings: [], Done: 0, Total: 0, time.GetUtcNow())
    {
        Priority = JobPriority.Bulk, // an archive of thousands must not delay a single upload
        Region = parent.Latest.Region,
    };
}
