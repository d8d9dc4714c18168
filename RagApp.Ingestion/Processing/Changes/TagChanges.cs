using RagApp.Contracts.Identity;
using RagApp.Ingestion.Audit;
using RagApp.Ingestion.Catalogue;
using RagApp.Ingestion.Documents;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents.Manifests;

namespace RagApp.Ingestion.Processing.Changes;

/// <summary>
/// Changes the tags of a document and of all children. The manifest is saved with the new tags,
/// marked as pending; then each document is indexed again from the store, and the mark is removed. The recovery finds
/// an interrupted change by its mark and finishes it.
/// </summary>
internal sealed class TagChanges(
    IManifestStore documents,
    IndexEntries entries,
    ManifestEditor manifests,
    DocumentTrees trees,
    DocumentAudit audit,
    DocumentLocks locks,
    DamageReport damage)
{
    /// <summary>Changes the tags; returns null when the document is gone.</summary>
    public async Task<DocumentManifest?> ChangeAsync(
        Principal actor, DocumentManifest manifest, IReadOnlyList<string> tags, CancellationToken cancellationToken)
    {
        var changed = await manifests.ChangeAsync(
            manifest,
            current => current.Deleted ? null : current with { Tags = tags, TagsPending = true, TagsChanges = current.TagsChanges + 1 },
            (before, after) => audit.TagsChangedAsync(actor, before, after, cancellationToken),
            cancellationToken);
        // a saved change is applied even when the sender disconnects
        return changed is null ? null : await ApplyAsync(changed, CancellationToken.None);
    }

    /// <summary>Applies the manifest's tags to the index and to all documents extracted from the document; null when the document is gone.</summary>
    public async Task<DocumentManifest?> ApplyAsync(DocumentManifest manifest, CancellationToken cancellationToken)
    {
        await IndexAsync(manifest, cancellationToken);
        foreach (var id in (await trees.ReadAsync(manifest, cancellationToken)).Inside(manifest.Id))
            await FollowAsync(manifest, id, cancellationToken);
        return await manifests.ChangeAsync(
            manifest,
            latest => latest.Deleted ? null
                : latest.TagsChanges == manifest.TagsChanges ? latest with { TagsPending = false } : latest,
            cancellationToken);
    }

    /// <summary>
    /// Gives the upload's tags to an child document, under the upload's lock, so that of two concurrent changes the later one
    /// stays.
    /// </summary>
    private async Task FollowAsync(DocumentManifest root, string id, CancellationToken cancellationToken)
    {
        DocumentManifest? followed;
        using (await locks.LockAsync(root.Id, cancellationToken))
        {
            if (await documents.FindAsync(root.Tenant, root.Id, cancellationToken) is not { Manifest: { Deleted: false, Tags: var tags } upload }
                || await documents.FindAsync(root.Tenant, id, cancellationToken) is not { Manifest: var inside }
                || !upload.IsSameLife(root) || !inside.IsOfUploadOf(root))
                return;
            followed = await manifests.ChangeAsync(inside, member => member.Deleted ? null : member with { Tags = tags }, cancellationToken);
        }
        if (followed is not null)
            await IndexAsync(followed, cancellationToken);
    }

    /// <summary>
    /// Indexes a document again with its new tags. When its text or vectors cannot be read, the tags in the index stay,
    /// and the damage is reported.
    /// </summary>
    private async Task IndexAsync(DocumentManifest manifest, CancellationToken cancellationToken)
    {
        using var held = await locks.LockAsync(manifest.Id, cancellationToken);
        try
        {
            if (await documents.FindAsync(manifest.Tenant, manifest.Id, cancellationToken) is { Manifest: { Deleted: false, Searchable: { } version } current }
                && current.IsSameLife(manifest))
                await entries.WriteAsync(current, version, cancellationToken);
        }
        catch (CorruptBlobException exception)
        {
            damage.Add(exception);
        }
    }
}
