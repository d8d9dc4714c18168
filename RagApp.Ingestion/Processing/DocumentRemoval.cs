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
    DocumentCatalogue catalogue,
    DocumentTrees trees,
    DocumentAudit audit,
    DocumentLocks locks,
    ILogger<DocumentRemoval> logger)
{
    /// <summary>Marks the document: from here on it answers nothing. Null when it is already gone.</summary>
    public Task<DocumentManifest?> MarkAsync(Principal actor, DocumentManifest manifest, CancellationToken cancellationToken) =>
        manifests.ChangeAsync(
            manifest.Tenant, manifest.Id,
            current => current with { Deleted = true },
            (before, _) => before.Deleted ? Task.CompletedTask : audit.DeletedAsync(actor, before, cancellationToken),
            cancellationToken);

    /// <summary>Removes a marked document and all that came out of it: index entries, contents and vectors, originals, manifest.</summary>
    public async Task FinishAsync(DocumentManifest manifest, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(manifest.Tenant, manifest.Id, cancellationToken) is not { Manifest: { Deleted: true } current })
            return;
        await RemoveInsideAsync(current, [current.Id], cancellationToken);
        if (current.Origin is null)
            await store.DeleteTreeAsync(current.Tenant, current.Id, cancellationToken);
        else
            await trees.ChangeAsync(current, tree => tree.Without([current.Id]), cancellationToken);
        await EraseAsync(current.Tenant, [current.Id], cancellationToken);
    }

    /// <summary>Removes what is not in its parent any more, with all that came out of it. The caller takes it off the tree.</summary>
    public async Task RemoveMembersAsync(DocumentManifest parent, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var marked = await MarkAllAsync(parent, ids, member => member.Origin?.ParentId == parent.Id, cancellationToken);
        if (marked.Count == 0)
            return;
        await RemoveInsideAsync(parent, marked, cancellationToken);
        await EraseAsync(parent.Tenant, marked, cancellationToken);
    }

    /// <summary>
    /// What comes out of a document is made under the lock of the upload, by a document that is not marked: once that
    /// lock was free after the mark, the list of the tree has everything. The index goes first, a thousand documents at a
    /// time: nothing of it is found any more while the rest goes.
    /// </summary>
    /// <param name="ofUpload">Any document of the upload.</param>
    private async Task RemoveInsideAsync(DocumentManifest ofUpload, IReadOnlyCollection<string> marked, CancellationToken cancellationToken)
    {
        (await locks.LockAsync(DocumentTrees.RootOf(ofUpload), cancellationToken)).Dispose();
        var inside = await trees.FindInsideAsync(ofUpload, marked, cancellationToken);
        if (inside.Own.Count + inside.Damaged.Count == 0)
            return;
        foreach (var batch in marked.Concat(inside.Own).Concat(inside.Damaged).Chunk(IndexEntries.Batch))
        {
            using var held = await locks.LockAsync(batch, cancellationToken);
            await index.RemoveAsync(ofUpload.Tenant, batch, cancellationToken);
        }
        var root = DocumentTrees.RootOf(ofUpload);
        await EraseAsync(
            ofUpload.Tenant,
            await MarkAllAsync(ofUpload, inside.Own, member => member.Origin?.RootId == root, cancellationToken),
            cancellationToken);
    }

    /// <returns>Those that are marked now.</returns>
    private async Task<IReadOnlyCollection<string>> MarkAllAsync(
        DocumentManifest ofUpload, IReadOnlyCollection<string> ids, Func<DocumentManifest, bool> belongs, CancellationToken cancellationToken)
    {
        var marked = new ConcurrentBag<string>();
        var service = Principal.ForService(ofUpload.Tenant, "document-ingestion");
        await Parallel.ForEachAsync(ids, ManifestEditor.ManyAtOnce(cancellationToken), async (id, cancelled) =>
        {
            if (await store.FindAsync(ofUpload.Tenant, id, cancelled) is { Manifest: var member }
                && belongs(member)
                && await MarkAsync(service, member, cancelled) is not null)
                marked.Add(id);
        });
        return marked;
    }

    /// <summary>What is marked is not written into the index any more: after this it stays out.</summary>
    private async Task EraseAsync(string tenant, IReadOnlyCollection<string> marked, CancellationToken cancellationToken)
    {
        foreach (var batch in marked.Chunk(IndexEntries.Batch))
        {
            using var held = await locks.LockAsync(batch, cancellationToken);
            await index.RemoveAsync(tenant, await StillMarkedAsync(tenant, batch, cancellationToken), cancellationToken);
        }
        await Parallel.ForEachAsync(marked, ManifestEditor.ManyAtOnce(cancellationToken), async (id, cancelled) => await EraseAsync(tenant, id, cancelled));
    }

    /// <summary>Somebody else may have finished, and the document be there anew.</summary>
    private async Task<IReadOnlyCollection<string>> StillMarkedAsync(string tenant, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var marked = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(ids, ManifestEditor.ManyAtOnce(cancellationToken), async (id, cancelled) =>
        {
            if (await store.FindAsync(tenant, id, cancelled) is { Manifest.Deleted: true })
                marked.Add(id);
        });
        return marked;
    }

    private async Task EraseAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        using var held = await locks.LockAsync(id, cancellationToken);
        if (await store.FindAsync(tenant, id, cancellationToken) is not { Manifest: { Deleted: true } current })
            return;
        foreach (var version in VersionsOf(current))
            await RemoveVersionAsync(current, version, cancellationToken);
        await audit.ErasedAsync(current, cancellationToken);
        await catalogue.DeleteAsync(current.Tenant, current.Id, cancellationToken);
        logger.DocumentRemoved(current.Tenant, current.Id);
    }

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
            manifest.Tenant, manifest.Id,
            current => current with { Superseded = [.. current.Superseded.ExceptBy(manifest.Superseded.Select(v => v.Number), v => v.Number)] },
            cancellationToken);
    }

    private async Task RemoveVersionAsync(DocumentManifest manifest, DocumentVersion version, CancellationToken cancellationToken)
    {
        await store.DeleteVersionAsync(manifest.Tenant, manifest.Id, version.Number, cancellationToken);
        await store.DeleteOriginalAsync(manifest.Tenant, version.OriginalId, cancellationToken);
    }

    private static IEnumerable<DocumentVersion> VersionsOf(DocumentManifest manifest) =>
        new[] { manifest.Latest, manifest.Searchable }.OfType<DocumentVersion>()
            .Concat(manifest.Superseded)
            .DistinctBy(version => version.Number);
}
