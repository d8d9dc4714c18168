using RagApp.Contracts.Identity;
using RagApp.Ingestion.Audit;
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
        await RemoveInsideAsync(current, cancellationToken);
        if (current.Origin is null)
            await store.DeleteTreeAsync(current.Tenant, current.Id, cancellationToken);
        else
            await trees.ChangeAsync(current, tree => tree.Without([current.Id]), cancellationToken);
        await EraseAsync(current, cancellationToken);
    }

    /// <summary>Removes what is not in its parent any more, with all that came out of it. The caller takes it off the tree.</summary>
    public async Task RemoveMemberAsync(DocumentManifest parent, string id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(parent.Tenant, id, cancellationToken) is not { Manifest: var member }
            || !string.Equals(member.Origin?.ParentId, parent.Id, StringComparison.Ordinal)
            || await MarkAsync(Service(parent), member, cancellationToken) is not { } marked)
            return;
        await RemoveInsideAsync(marked, cancellationToken);
        await EraseAsync(marked, cancellationToken);
    }

    /// <summary>
    /// What comes out of a document is made under the lock of the upload, by a document that is not marked: once that
    /// lock was free after the mark, the list of the tree has everything.
    /// </summary>
    private async Task RemoveInsideAsync(DocumentManifest marked, CancellationToken cancellationToken)
    {
        (await locks.LockAsync(DocumentTrees.RootOf(marked), cancellationToken)).Dispose();
        var inside = (await trees.ReadAsync(marked, cancellationToken)).Inside(marked.Id);
        if (inside.Count == 0)
            return;
        using (await locks.LockAsync(marked.Id, cancellationToken))
            await index.RemoveAsync(marked.Tenant, [marked.Id], cancellationToken); // not found any more while the others go
        foreach (var id in inside)
        {
            if (await store.FindAsync(marked.Tenant, id, cancellationToken) is { Manifest: var member }
                && string.Equals(member.Origin?.RootId, DocumentTrees.RootOf(marked), StringComparison.Ordinal)
                && await MarkAsync(Service(marked), member, cancellationToken) is { } gone)
                await EraseAsync(gone, cancellationToken);
        }
    }

    private async Task EraseAsync(DocumentManifest manifest, CancellationToken cancellationToken)
    {
        using var held = await locks.LockAsync(manifest.Id, cancellationToken);
        if (await store.FindAsync(manifest.Tenant, manifest.Id, cancellationToken) is not { Manifest: { Deleted: true } current })
            return;
        await index.RemoveAsync(current.Tenant, [current.Id], cancellationToken);
        foreach (var version in VersionsOf(current))
            await RemoveVersionAsync(current, version, cancellationToken);
        await audit.ErasedAsync(current, cancellationToken);
        await store.DeleteManifestAsync(current.Tenant, current.Id, cancellationToken);
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

    private static Principal Service(DocumentManifest manifest) => Principal.ForService(manifest.Tenant, "document-ingestion");

    private static IEnumerable<DocumentVersion> VersionsOf(DocumentManifest manifest) =>
        new[] { manifest.Latest, manifest.Searchable }.OfType<DocumentVersion>()
            .Concat(manifest.Superseded)
            .DistinctBy(version => version.Number);
}
