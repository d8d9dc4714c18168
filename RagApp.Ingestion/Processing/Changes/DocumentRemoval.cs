using System.Collections.Concurrent;
using RagApp.Contracts.Identity;
using RagApp.Ingestion.Audit;
using RagApp.Ingestion.Catalogue;
using RagApp.Ingestion.Documents;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Contents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Documents.Originals;
using RagApp.Storage.Documents.Trees;
using RagApp.Storage.Index;

namespace RagApp.Ingestion.Processing.Changes;

/// <summary>
/// Removes documents and old versions. The manifest is marked before anything is removed and is removed last, so that
/// an interrupted removal is found and finished.
/// </summary>
internal sealed class DocumentRemoval(
    IManifestStore documents,
    IOriginalStore originals,
    ITreeStore storedTrees,
    IContentStore contents,
    IChunkIndexWriter index,
    ManifestEditor manifests,
    InheritedAccess inherited,
    DocumentCatalogue catalogue,
    DocumentTrees trees,
    DocumentAudit audit,
    DocumentLocks locks,
    ILogger<DocumentRemoval> logger)
{
    /// <summary>Marks the document as deleted, so that it is no longer found or read. Returns null when the document is gone.</summary>
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

    /// <summary>Removes a marked document and all children: index entries, contents and vectors, originals, tree, manifest.</summary>
    public async Task FinishAsync(DocumentManifest manifest, CancellationToken cancellationToken)
    {
        if (await FindMarkedAsync(manifest, cancellationToken) is not { } current)
            return;
        await RemoveInsideAsync([current], cancellationToken);
        if (current.Origin is not null)
            await trees.ChangeAsync(current, tree => tree.Without([current.Id]), cancellationToken);
        await EraseAsync([current], cancellationToken);
    }

    /// <summary>
    /// Removes documents that are no longer inside their parent, with all documents extracted from them. The caller removes
    /// them from the tree.
    /// </summary>
    /// <returns>
    /// Ids of the documents that cannot be removed because their manifests cannot be read: they are taken out of the index and
    /// stay in the tree.
    /// </returns>
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
    /// Removes the documents inside the marked ones. Extracted documents are created under the lock of the upload, and
    /// only by a parent that is not marked: once that lock was free after the mark, the tree lists all of them. The
    /// index entries are removed first, a thousand documents at a time, so that no search finds a document while its
    /// blobs are removed.
    /// </summary>
    /// <param name="marked">Marked documents of one upload.</param>
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

    /// <returns>The documents that are now marked.</returns>
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

    /// <summary>Removes marked documents from the index. They stay out of it, because a marked document is not indexed.</summary>
    private async Task EraseAsync(IReadOnlyCollection<DocumentManifest> marked, CancellationToken cancellationToken)
    {
        foreach (var batch in marked.Chunk(IndexEntries.Batch))
        {
            using var held = await locks.LockAsync([.. batch.Select(document => document.Id)], cancellationToken);
            await index.RemoveAsync(batch[0].Tenant, await StillMarkedAsync(batch, cancellationToken), cancellationToken);
        }
        await Parallel.ForEachAsync(marked, ManifestEditor.ManyAtOnce(cancellationToken), async (document, cancelled) => await EraseAsync(document, cancelled));
    }

    /// <summary>The ids of documents still marked: another caller may have finished the removal, and the path may hold another document.</summary>
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
            await storedTrees.DeleteAsync(current.Tenant, current.Id, current.Incarnation, cancellationToken);
        await audit.ErasedAsync(current, cancellationToken);
        await catalogue.DeleteAsync(current.Tenant, current.Id, cancellationToken);
        logger.DocumentRemoved(current.Tenant, current.Id);
    }

    private async Task<DocumentManifest?> FindMarkedAsync(DocumentManifest document, CancellationToken cancellationToken) =>
        await documents.FindAsync(document.Tenant, document.Id, cancellationToken) is { Manifest: { Deleted: true } current } && current.IsSameLife(document)
            ? current
            : null;

    /// <summary>Removes the versions listed as superseded in a manifest, then removes them from the list.</summary>
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

    /// <summary>
    /// Removes the text and vectors that a job wrote for a version after its document was gone. While the document
    /// exists, its deletion removes them.
    /// </summary>
    public async Task RemoveLateAsync(VersionId version, CancellationToken cancellationToken)
    {
        using var held = await locks.LockAsync(version.DocumentId, cancellationToken);
        if (await documents.FindAsync(version.Tenant, version.DocumentId, cancellationToken) is not { Manifest: var current } || current.Incarnation != version.Incarnation)
            await contents.DeleteAsync(version, cancellationToken);
    }

    private async Task RemoveVersionAsync(DocumentManifest manifest, DocumentVersion version, CancellationToken cancellationToken)
    {
        await contents.DeleteAsync(manifest.IdOf(version), cancellationToken);
        await originals.DeleteAsync(manifest.Tenant, version.OriginalId, cancellationToken);
    }
}
