using RagApp.Contracts.Identity;
using RagApp.Ingestion.Audit;
using RagApp.Ingestion.Processing.Members;
using RagApp.Storage.Documents;
using RagApp.Storage.Index;

namespace RagApp.Ingestion.Processing;

/// <summary>
/// Changes who may read a document and all that came out of it:
/// 1. its manifest takes the new list, marked as pending: from here on nothing is written into the index, and nobody
/// reads, under the old one, see <see cref="InheritedAccess"/>,
/// 2. the index, a thousand documents at a time: searches go by the new list,
/// 3. the manifests of what came out of it,
/// 4. the mark goes. A change that a crash cut off is seen by its mark and finished.
/// Nothing is parsed, embedded or written into the index again. Of two changes at once the later one stays: each step takes
/// the list that the document has at that moment, under the lock that the other one passes too.
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
    /// <summary>Documents whose manifests change in one go; what is taken out of the upload meanwhile waits for so many.</summary>
    private const int ManifestBatch = 200;

    /// <summary>Null when the document is gone.</summary>
    public async Task<DocumentManifest?> ChangeAsync(
        Principal actor, DocumentManifest manifest, IReadOnlyList<string> access, CancellationToken cancellationToken)
    {
        // 1
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

    /// <summary>Brings the index, and all that came out of the document, to the list that the manifest has; null when the document is gone.</summary>
    public async Task<DocumentManifest?> ApplyAsync(DocumentManifest manifest, CancellationToken cancellationToken)
    {
        if (await FindAsync(manifest, cancellationToken) is not { AccessPending: true } pending)
            return await FindAsync(manifest, cancellationToken);
        var inside = pending.Origin is null ? await trees.FindInsideAsync(pending, cancellationToken) : new DocumentsInside([], []);
        // 2
        foreach (var batch in inside.Own.Prepend(pending.Id).Chunk(IndexEntries.Batch))
            await IndexAsync(pending, batch, cancellationToken);
        foreach (var batch in inside.Damaged.Chunk(IndexEntries.Batch))
            await index.RemoveAsync(pending.Tenant, batch, cancellationToken); // better found by nobody than by those who lost the right
        // 3
        foreach (var batch in inside.Own.Chunk(ManifestBatch))
            await FollowAsync(pending, batch, cancellationToken);
        // 4
        return await manifests.ChangeAsync(
            pending.Tenant, pending.Id,
            latest => latest.Access.SequenceEqual(pending.Access, StringComparer.Ordinal) ? latest with { AccessPending = false } : latest,
            (_, after) => after.AccessPending ? Task.CompletedTask : audit.AccessAppliedAsync(after, cancellationToken),
            cancellationToken);
    }

    /// <summary>Whoever writes one of these into the index has its lock, and has asked for the list under it.</summary>
    private async Task IndexAsync(DocumentManifest changed, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        using var held = await locks.LockAsync(ids, cancellationToken);
        if (await FindAsync(changed, cancellationToken) is { Access: var access })
            await index.ChangeAccessAsync(changed.Tenant, ids, access, cancellationToken);
    }

    /// <summary>Under the upload's lock, as what comes out of it is made.</summary>
    private async Task FollowAsync(DocumentManifest root, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        using var held = await locks.LockAsync(root.Id, cancellationToken);
        if (await FindAsync(root, cancellationToken) is not { Access: var access })
            return;
        await Parallel.ForEachAsync(ids, ManifestEditor.ManyAtOnce(cancellationToken), async (id, cancelled) => await manifests.ChangeAsync(
            root.Tenant, id,
            member => !member.Deleted && (member.AccessPending || !member.Access.SequenceEqual(access, StringComparer.Ordinal))
                ? member with { Access = access, AccessPending = false }
                : null,
            async (before, after) =>
            {
                await audit.AccessChangedAsync(Principal.ForService(root.Tenant, "document-ingestion"), before, after, cancelled);
                await audit.AccessAppliedAsync(after, cancelled); // the index has it since step 2
            },
            cancelled));
    }

    /// <summary>As it is now; null when it is gone or going.</summary>
    private async Task<DocumentManifest?> FindAsync(DocumentManifest manifest, CancellationToken cancellationToken) =>
        await store.FindAsync(manifest.Tenant, manifest.Id, cancellationToken) is { Manifest: { Deleted: false } current } ? current : null;
}
