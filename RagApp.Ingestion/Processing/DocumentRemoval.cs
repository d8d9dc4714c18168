using System.Collections.Concurrent;
using RagApp.Contracts.Identity;
using RagApp.Ingestion.Audit;
using RagApp.Ingestion.Catalogue;
using RagApp.Ingestion.Processing.Members;
using RagApp.Storage.Documents;
using RagApp.Storage.Index;

namespace RagApp.Ingestion.Processing;

/// <summary>
/// Takes documents and old versions away. The manifest is marked before anything goes and goes last, so that a
/// removal that was cut off is seen and finished.
/// </summary>
internal sealed class DocumentRemoval(
    IDocumentStore store,
    IChunkIndexWriter index,
    ManifestEditor manifests,
    InheritedAccess inherited,
    DocumentCatalogue catalogue,
    DocumentTrees trees,
    DocumentAudit audit,
    DocumentLocks locks,
    ILogger<DocumentRemoval> logger)
{
    /// <summary>Marks the document: from here on it answers nothing. Null when it is already gone.</summary>
    public Task<DocumentManifest?> MarkAsync(Principal actor, DocumentManifest manifest, CancellationToken cancellationToken) =>
        manifests.ChangeAsync(
            manifest,
            current => current with { Deleted = true },
            async (before, _) =>
            {
                if (!before.Deleted)
                    await audit.DeletedAsync(actor, before with { Access = await inherited.FormerAsync(before, cancellationToken) }, cancellationToken);
            },
            cancellationToken);

    /// <summary>Removes a marked document and all that came out of it: index entries, contents and vectors, originals, tree, manifest.</summary>
    public async Task FinishAsync(DocumentManifest manifest, CancellationToken cancellationToken)
    {
        if (await FindMarkedAsync(manifest, cancellationToken) is not { } current)
            return;
        await RemoveInsideAsync([current], cancellationToken);
        if (current.Origin is not null)
            await trees.ChangeAsync(current, tree => tree.Without([current.Id]), cancellationToken);
        await EraseAsync([current], cancellationToken);
    }

    /// <summary>Removes what is not in its parent any more, with all that came out of it. The caller takes it off the tree.</summary>
    /// <returns>Those that cannot be removed, since their manifests cannot be read: nobody finds them, and they stay on the tree.</returns>
    public async Task<IReadOnlyCollection<string>> RemoveMembersAsync(DocumentManifest parent, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var found = await trees.FindOwnAsync(parent, ids, cancellationToken);
        if (found.Damaged.Count > 0)
            await index.RemoveAsync(parent.Tenant, found.Damaged, cancellationToken);
        var marked = await MarkAllAsync(found.Own.Where(member => member.Origin?.IsDirectlyIn(parent) == true), cancellationToken);
        if (marked.Count > 0)
        {
            await RemoveInsideAsync(marked, cancellationToken);
            await EraseAsync(marked, cancellationToken);
        }
        return found.Damaged;
    }

    /// <summary>
    /// What comes out of a document is made under the lock of the upload, by a document that is not marked: once that
    /// lock was free after the mark, the list of the tree has everything. The index goes first, a thousand documents at a
    /// time: nothing of it is found any more while the rest goes.
    /// </summary>
    /// <param name="marked">Documents of one upload.</param>
    private async Task RemoveInsideAsync(IReadOnlyCollection<DocumentManifest> marked, CancellationToken cancellationToken)
    {
        var ofUpload = marked.First();
        (await locks.LockAsync(ofUpload.UploadId, cancellationToken)).Dispose();
        var tree = await trees.ReadAsync(ofUpload, cancellationToken);
        var ids = marked.SelectMany(document => tree.Inside(document.Id)).Distinct(StringComparer.Ordinal).ToList();
        if (ids.Count == 0)
            return;
        foreach (var batch in marked.Select(document => document.Id).Concat(ids).Chunk(IndexEntries.Batch))
        {
            using var held = await locks.LockAsync(batch, cancellationToken);
            var found = await trees.FindOwnAsync(ofUpload, batch, cancellationToken);
            await index.RemoveAsync(ofUpload.Tenant, [.. found.Own.Select(own => own.Id), .. found.Damaged], cancellationToken);
        }
        await EraseAsync(await MarkAllAsync((await trees.FindOwnAsync(ofUpload, ids, cancellationToken)).Own, cancellationToken), cancellationToken);
    }

    /// <returns>Those that are marked now.</returns>
    private async Task<IReadOnlyCollection<DocumentManifest>> MarkAllAsync(IEnumerable<DocumentManifest> documents, CancellationToken cancellationToken)
    {
        var all = new ConcurrentBag<DocumentManifest>();
        await Parallel.ForEachAsync(documents, ManifestEditor.ManyAtOnce(cancellationToken), async (document, cancelled) =>
        {
            if (await MarkAsync(Principal.ForService(document.Tenant, "document-ingestion"), document, cancelled) is { } marked)
                all.Add(marked);
        });
        return all;
    }

    /// <summary>What is marked is not written into the index any more: after this it stays out.</summary>
    private async Task EraseAsync(IReadOnlyCollection<DocumentManifest> marked, CancellationToken cancellationToken)
    {
        foreach (var batch in marked.Chunk(IndexEntries.Batch))
        {
            using var held = await locks.LockAsync([.. batch.Select(document => document.Id)], cancellationToken);
            await index.RemoveAsync(batch[0].Tenant, await StillMarkedAsync(batch, cancellationToken), cancellationToken);
        }
        await Parallel.ForEachAsync(marked, ManifestEditor.ManyAtOnce(cancellationToken), async (document, cancelled) => await EraseAsync(document, cancelled));
    }

    /// <summary>Somebody else may have finished, and another document be at the path.</summary>
    private async Task<IReadOnlyCollection<string>> StillMarkedAsync(IEnumerable<DocumentManifest> documents, CancellationToken cancellationToken)
    {
        var marked = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(documents, ManifestEditor.ManyAtOnce(cancellationToken), async (document, cancelled) =>
        {
            if (await FindMarkedAsync(document, cancelled) is not null)
                marked.Add(document.Id);
        });
        return marked;
    }

    private async Task EraseAsync(DocumentManifest document, CancellationToken cancellationToken)
    {
        using var held = await locks.LockAsync(document.Id, cancellationToken);
        if (await FindMarkedAsync(document, cancellationToken) is not { } current)
            return;
        foreach (var version in current.Versions())
            await RemoveVersionAsync(current, version, cancellationToken);
        if (current.Origin is null)
            await store.DeleteTreeAsync(current.Tenant, current.Id, current.Incarnation, cancellationToken);
        await audit.ErasedAsync(current, cancellationToken);
        await catalogue.DeleteAsync(current.Tenant, current.Id, cancellationToken);
        logger.DocumentRemoved(current.Tenant, current.Id);
    }

    private async Task<DocumentManifest?> FindMarkedAsync(DocumentManifest document, CancellationToken cancellationToken) =>
        await store.FindAsync(document.Tenant, document.Id, cancellationToken) is { Manifest: { Deleted: true } current } && current.IsSameLife(document)
            ? current
            : null;

    /// <summary>Removes the versions that a manifest lists as superseded, then forgets them.</summary>
    public async Task RemoveSupersededAsync(DocumentManifest manifest, CancellationToken cancellationToken)
    {
        if (manifest.Superseded.Count == 0)
            return;
        foreach (var version in manifest.Superseded)
        {
            await RemoveVersionAsync(manifest, version, cancellationToken);
            await audit.VersionRemovedAsync(manifest, version, cancellationToken);
        }
        await manifests.ChangeAsync(
            manifest,
            current => current with { Superseded = [.. current.Superseded.ExceptBy(manifest.Superseded.Select(v => v.Number), v => v.Number)] },
            cancellationToken);
    }

    /// <summary>Removes what work on a version has written after its document was gone; while the document is there, whoever deletes it does.</summary>
    public async Task RemoveLateAsync(VersionId version, CancellationToken cancellationToken)
    {
        using var held = await locks.LockAsync(version.DocumentId, cancellationToken);
        if (await store.FindAsync(version.Tenant, version.DocumentId, cancellationToken) is not { Manifest: var current } || current.Incarnation != version.Incarnation)
            await store.DeleteVersionAsync(version, cancellationToken);
    }

    private async Task RemoveVersionAsync(DocumentManifest manifest, DocumentVersion version, CancellationToken cancellationToken)
    {
        await store.DeleteVersionAsync(manifest.IdOf(version), cancellationToken);
        await store.DeleteOriginalAsync(manifest.Tenant, version.OriginalId, cancellationToken);
    }
}
