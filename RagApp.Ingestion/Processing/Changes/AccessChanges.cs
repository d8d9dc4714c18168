using RagApp.Contracts.Identity;
using RagApp.Ingestion.Audit;
using RagApp.Ingestion.Catalogue;
using RagApp.Ingestion.Documents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Index;

namespace RagApp.Ingestion.Processing.Changes;

/// <summary>
/// Changes the access list of a document and of all children:
/// 1. saves the new list in the manifest, marked as pending: from here on the old list lets nobody open a document and
/// is not written into the index, since child documents have no list of their own (<see cref="InheritedAccess"/>),
/// 2. updates the index, a thousand documents at a time,
/// 3. removes the mark. The recovery finds an interrupted change by its mark and finishes it.
/// Nothing is parsed, embedded or indexed again. Of two concurrent changes the later one stays: step 2 reads the
/// document's current list under locks that the other change takes too.
/// </summary>
internal sealed class AccessChanges(
    IManifestStore documents,
    IChunkIndexWriter index,
    ManifestEditor manifests,
    DocumentTrees trees,
    DocumentAudit audit,
    DocumentLocks locks,
    ILogger<AccessChanges> logger)
{
    /// <summary>Changes the list; returns null when the document is gone.</summary>
    public async Task<DocumentManifest?> ChangeAsync(
        Principal actor, DocumentManifest manifest, IReadOnlyList<string> access, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> formerReaders = [];
        // 1
        var changed = await manifests.ChangeAsync(
            manifest,
            current => current.Deleted ? null : current with { Access = access, AccessPending = true, AccessChanges = current.AccessChanges + 1 },
            (before, after) =>
            {
                formerReaders = before.Access;
                return audit.AccessChangedAsync(actor, before, after, cancellationToken);
            },
            cancellationToken);
        if (changed is null)
            return null;
        logger.AccessChanged(changed.Tenant, changed.Id, access.Count);
        return await ApplyAsync(changed, formerReaders, CancellationToken.None); // a saved change is applied even when the sender disconnects
    }

    /// <summary>Applies the manifest's access list to the index, for the document and all children; null when the document is gone.</summary>
    public Task<DocumentManifest?> ApplyAsync(DocumentManifest manifest, CancellationToken cancellationToken) =>
        ApplyAsync(manifest, formerReaders: [], cancellationToken);

    private async Task<DocumentManifest?> ApplyAsync(DocumentManifest manifest, IReadOnlyList<string> formerReaders, CancellationToken cancellationToken)
    {
        if (await FindAsync(manifest, cancellationToken) is not { AccessPending: true } pending)
            return await FindAsync(manifest, cancellationToken);
        var inside = (await trees.ReadAsync(pending, cancellationToken)).Inside(pending.Id);
        // 2
        foreach (var batch in inside.Prepend(pending.Id).Chunk(IndexEntries.Batch))
            manifests.Announce(await IndexAsync(pending, batch, cancellationToken), formerReaders);
        // 3
        return await manifests.ChangeAsync(
            pending,
            latest => latest.AccessChanges == pending.AccessChanges ? latest with { AccessPending = false } : null,
            (_, after) => audit.AccessAppliedAsync(after, cancellationToken),
            cancellationToken) ?? await FindAsync(pending, cancellationToken);
    }

    /// <summary>
    /// Updates a batch of documents in the index under their locks; other writers read the effective list under the
    /// same locks. An id that belongs to another document by now is left alone. A document whose manifest cannot be
    /// read is removed from the index, so that nobody finds it who lost the right.
    /// </summary>
    /// <returns>The child documents that have another list now.</returns>
    private async Task<IEnumerable<DocumentManifest>> IndexAsync(DocumentManifest changed, string[] ids, CancellationToken cancellationToken)
    {
        using var held = await locks.LockAsync(ids, cancellationToken);
        if (await FindAsync(changed, cancellationToken) is not { Access: var access })
            return [];
        var found = await trees.FindOwnAsync(changed, ids, cancellationToken);
        await index.ChangeAccessAsync(changed.Tenant, [.. found.Own.Select(own => own.Id)], access, cancellationToken);
        if (found.Damaged.Count > 0)
            await index.RemoveAsync(changed.Tenant, found.Damaged, cancellationToken);
        return found.Own.Where(own => own.Origin is not null);
    }

    /// <summary>The current manifest; null when the document is gone or being deleted.</summary>
    private async Task<DocumentManifest?> FindAsync(DocumentManifest manifest, CancellationToken cancellationToken) =>
        await documents.FindAsync(manifest.Tenant, manifest.Id, cancellationToken) is { Manifest: { Deleted: false } current } && current.IsSameLife(manifest)
            ? current
            : null;
}
