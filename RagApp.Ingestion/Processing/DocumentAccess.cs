using RagApp.Contracts.Identity;
using RagApp.Ingestion.Audit;
using RagApp.Ingestion.Processing.Members;
using RagApp.Storage.Documents;
using RagApp.Storage.Index;

namespace RagApp.Ingestion.Processing;

/// <summary>
/// Changes who may read a document and all that came out of it:
/// 1. its manifest takes the new list, marked as pending: from here on nobody opens anything, and nothing is written into the
/// index, under the old one, since what came out of it has no list of its own (<see cref="InheritedAccess"/>),
/// 2. the index, a thousand documents at a time: searches go by the new list,
/// 3. the mark goes. A change that a crash cut off is seen by its mark and finished.
/// Nothing is parsed, embedded or written into the index again. Of two changes at once the later one stays: step 2 takes
/// the list that the document has at that moment, under the locks that the other one passes too.
/// </summary>
internal sealed class DocumentAccess(
    IDocumentStore store,
    IChunkIndexWriter index,
    ManifestEditor manifests,
    DocumentTrees trees,
    DocumentAudit audit,
    DocumentLocks locks,
    ILogger<DocumentAccess> logger)
{
    /// <summary>Null when the document is gone.</summary>
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
        return await ApplyAsync(changed, formerReaders, CancellationToken.None); // once it is written, a sender who hangs up stops nothing
    }

    /// <summary>Brings the index to the list that the manifest has, for the document and all that came out of it; null when the document is gone.</summary>
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
    /// Whoever writes one of these into the index has its lock, and has asked for the list under it. What has been taken by
    /// another document meanwhile is left alone; what cannot be read goes out of the index: better found by nobody than by
    /// those who lost the right.
    /// </summary>
    /// <returns>The documents inside that have another list now.</returns>
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

    /// <summary>As it is now; null when it is gone or going.</summary>
    private async Task<DocumentManifest?> FindAsync(DocumentManifest manifest, CancellationToken cancellationToken) =>
        await store.FindAsync(manifest.Tenant, manifest.Id, cancellationToken) is { Manifest: { Deleted: false } current } && current.IsSameLife(manifest)
            ? current
            : null;
}
