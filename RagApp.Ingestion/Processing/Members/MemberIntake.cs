using RagApp.Contracts.Documents;
using RagApp.Contracts.Identity;
using RagApp.Ingestion.Audit;
using RagApp.Ingestion.Intake;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;
using RagApp.Storage.Queue;

namespace RagApp.Ingestion.Processing.Members;

/// <summary>
/// Takes one file that came out of a document in as a document of its own: of the same uploader, under the access
/// list of the upload. The same bytes again do nothing, others are a new version.
/// </summary>
internal sealed class MemberIntake(
    IDocumentStore store, InheritedAccess inherited, ManifestEditor manifests, IngestionJobs jobs, DocumentRemoval removal, DocumentAudit audit, DocumentLocks locks, TimeProvider time)
{
    private const string UnknownType = "application/octet-stream";

    /// <exception cref="StaleVersionException">The parent is not wanted any more, or not in this version.</exception>
    public async Task TakeAsync(DocumentManifest parent, MemberPlan plan, Stream content, CancellationToken cancellationToken)
    {
        var original = await store.WriteOriginalAsync(parent.Tenant, content, plan.Member.Size, cancellationToken);
        DocumentManifest? saved = null;
        try
        {
            await FinishRemovalAsync(parent.Tenant, plan.Id, cancellationToken);
            saved = await SaveAsync(parent, plan, original, cancellationToken);
        }
        finally
        {
            if (saved is null)
                await store.DeleteOriginalAsync(parent.Tenant, original.Id, CancellationToken.None);
        }
        if (saved is not null)
            await jobs.AddAsync(saved, cancellationToken);
    }

    /// <summary>What was in an earlier version and is back may still be on its way out.</summary>
    private async Task FinishRemovalAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(tenant, id, cancellationToken) is { Manifest: { Deleted: true } going })
            await removal.FinishAsync(going, cancellationToken);
    }

    /// <summary>
    /// Under the lock of the upload, so that its deletion, which passes that lock before it goes through what is inside,
    /// misses no document. Null when nothing is to be done.
    /// </summary>
    private async Task<DocumentManifest?> SaveAsync(DocumentManifest parent, MemberPlan plan, StoredOriginal original, CancellationToken cancellationToken)
    {
        using var held = await locks.LockAsync(parent.UploadId, cancellationToken);
        var root = await RequireWantedAsync(parent, cancellationToken);
        while (true)
        {
            var stored = await store.FindAsync(parent.Tenant, plan.Id, cancellationToken);
            if (stored is not null && (stored.Manifest.Deleted || stored.Manifest.Origin?.IsDirectlyIn(parent) != true))
                throw new InvalidOperationException($"The path of document {plan.Id} was taken meanwhile."); // the job runs again and finds another
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
                // its own job wrote progress: read again and decide again
            }
        }
    }

    private async Task<DocumentManifest> RequireWantedAsync(DocumentManifest parent, CancellationToken cancellationToken)
    {
        var current = await store.FindAsync(parent.Tenant, parent.Id, cancellationToken);
        return current is not null && VersionGuard.IsCurrent(current.Manifest, parent.LatestId)
            && await inherited.FindRootAsync(parent, cancellationToken) is { Deleted: false } root
                ? root
                : throw new StaleVersionException();
    }

    /// <summary>One that failed is tried again with the parent's next version, not when this one's job is repeated.</summary>
    private static bool IsDone(DocumentManifest existing, DocumentManifest parent, StoredOriginal original)
    {
        var failed = existing.Latest.Status == DocumentStatus.Failed && existing.Origin?.ParentVersion != parent.Latest.Number;
        return string.Equals((failed ? existing.Searchable : existing.Latest)?.Sha256, original.Sha256, StringComparison.Ordinal);
    }

    private DocumentManifest First(DocumentManifest parent, DocumentManifest root, MemberPlan plan, StoredOriginal original)
    {
        var now = time.GetUtcNow();
        return new DocumentManifest(
            parent.Tenant, plan.Id, plan.Path, Access: [], root.UploadedBy, now, now, Version(plan, original, number: 1), Searchable: null)
        {
            Incarnation = DocumentIds.NewIncarnation(),
            Source = root.Source,
            Tags = root.Tags,
            Origin = DocumentOrigin.In(parent),
        };
    }

    private DocumentManifest Next(DocumentManifest existing, DocumentManifest parent, DocumentManifest root, MemberPlan plan, StoredOriginal original) =>
        existing.Followed(Version(plan, original, existing.Latest.Number + 1), time.GetUtcNow()) with { Tags = root.Tags, Origin = DocumentOrigin.In(parent) };

    private DocumentVersion Version(MemberPlan plan, StoredOriginal original, int number) => new(
        number, original.Id, original.Sha256, original.Size, UnknownType, DocumentPath.FileName(plan.Path),
        DocumentStatus.Queued, Reason: null, Warnings: [], Done: 0, Total: 0, time.GetUtcNow())
    {
        Priority = JobPriority.Bulk, // an archive of thousands must not stand before a single upload
    };
}
