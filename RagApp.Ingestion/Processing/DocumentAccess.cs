using RagApp.Contracts.Identity;
using RagApp.Ingestion.Audit;
using RagApp.Storage.Documents;
using RagApp.Storage.Index;

namespace RagApp.Ingestion.Processing;

/// <summary>
/// Changes who may read a document. The manifest takes the new list first, marked as pending; then the index gets
/// the stored chunks and vectors again under it, and the mark goes. Nothing is parsed or embedded, and a change
/// that a crash cut off is seen by its mark and finished.
/// </summary>
internal sealed class DocumentAccess(
    IDocumentStore store, IChunkIndexWriter index, ManifestEditor manifests, DocumentAudit audit, DocumentLocks locks, ILogger<DocumentAccess> logger)
{
    /// <summary>Null when the document is gone.</summary>
    public async Task<DocumentManifest?> ChangeAsync(
        Principal actor, DocumentManifest manifest, IReadOnlyList<string> access, CancellationToken cancellationToken)
    {
        var changed = await manifests.ChangeAsync(
            manifest.Tenant, manifest.Id,
            current => current.Deleted ? null : current with { Access = access, AccessPending = true },
            (before, after) => audit.AccessChangedAsync(actor, before, after, cancellationToken),
            cancellationToken);
        if (changed is null)
            return null;
        logger.AccessChanged(changed.Tenant, changed.Id, access.Count);
        return await ApplyAsync(changed, CancellationToken.None); // once it is written, a sender who hangs up stops nothing
    }

    /// <summary>Brings the index to the list that the manifest has; null when the document is gone.</summary>
    public async Task<DocumentManifest?> ApplyAsync(DocumentManifest manifest, CancellationToken cancellationToken)
    {
        using var held = await locks.LockAsync(manifest.Id, cancellationToken);
        if (await store.FindAsync(manifest.Tenant, manifest.Id, cancellationToken) is not { Manifest: { Deleted: false } current })
            return null;
        if (!current.AccessPending)
            return current;
        if (current.Searchable is { } version)
            await ReplaceAsync(current, version, cancellationToken);
        return await manifests.ChangeAsync(
            current.Tenant, current.Id,
            latest => latest.Access.SequenceEqual(current.Access, StringComparer.Ordinal) ? latest with { AccessPending = false } : latest,
            (_, after) => after.AccessPending ? Task.CompletedTask : audit.AccessAppliedAsync(after, cancellationToken),
            cancellationToken);
    }

    private async Task ReplaceAsync(DocumentManifest manifest, DocumentVersion version, CancellationToken cancellationToken)
    {
        var content = await store.ReadContentAsync(manifest.Tenant, manifest.Id, version.Number, cancellationToken);
        var vectors = await store.ReadVectorsAsync(manifest.Tenant, manifest.Id, version.Number, cancellationToken);
        if (content is not null && vectors is not null)
            await index.ReplaceAsync(manifest.ToIndexed(version, content, vectors), cancellationToken);
        else
            await index.RemoveAsync(manifest.Tenant, manifest.Id, cancellationToken); // better found by nobody than by those who lost the right
    }
}
