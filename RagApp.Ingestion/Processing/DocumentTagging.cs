using RagApp.Contracts.Identity;
using RagApp.Ingestion.Audit;
using RagApp.Ingestion.Processing.Members;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Processing;

/// <summary>
/// Changes the tags of a document and of all that came out of it. The manifest takes the new ones first, marked as
/// pending; then one document after the other goes into the index again from the store, and the mark goes. A change that
/// a crash cut off is seen by its mark and finished.
/// </summary>
internal sealed class DocumentTagging(
    IDocumentStore store,
    IndexEntries entries,
    ManifestEditor manifests,
    DocumentTrees trees,
    DocumentAudit audit,
    DocumentLocks locks,
    DamageReport damage)
{
    /// <summary>Null when the document is gone.</summary>
    public async Task<DocumentManifest?> ChangeAsync(
        Principal actor, DocumentManifest manifest, IReadOnlyList<string> tags, CancellationToken cancellationToken)
    {
        var changed = await manifests.ChangeAsync(
            manifest,
            current => current.Deleted ? null : current with { Tags = tags, TagsPending = true, TagsChanges = current.TagsChanges + 1 },
            (before, after) => audit.TagsChangedAsync(actor, before, after, cancellationToken),
            cancellationToken);
        return changed is null ? null : await ApplyAsync(changed, CancellationToken.None); // once it is written, a sender who hangs up stops nothing
    }

    /// <summary>Brings the index, and all that came out of the document, to the tags that the manifest has; null when the document is gone.</summary>
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

    /// <summary>Looked at under the upload's lock, so that of two changes at once the later one stays.</summary>
    private async Task FollowAsync(DocumentManifest root, string id, CancellationToken cancellationToken)
    {
        DocumentManifest? followed;
        using (await locks.LockAsync(root.Id, cancellationToken))
        {
            if (await store.FindAsync(root.Tenant, root.Id, cancellationToken) is not { Manifest: { Deleted: false, Tags: var tags } upload }
                || await store.FindAsync(root.Tenant, id, cancellationToken) is not { Manifest: var inside }
                || !upload.IsSameLife(root) || !inside.IsOfUploadOf(root))
                return;
            followed = await manifests.ChangeAsync(inside, member => member.Deleted ? null : member with { Tags = tags }, cancellationToken);
        }
        if (followed is not null)
            await IndexAsync(followed, cancellationToken);
    }

    /// <summary>What cannot be read keeps the tags it has in the index, and is reported.</summary>
    private async Task IndexAsync(DocumentManifest manifest, CancellationToken cancellationToken)
    {
        using var held = await locks.LockAsync(manifest.Id, cancellationToken);
        try
        {
            if (await store.FindAsync(manifest.Tenant, manifest.Id, cancellationToken) is { Manifest: { Deleted: false, Searchable: { } version } current }
                && current.IsSameLife(manifest))
                await entries.WriteAsync(current, version, cancellationToken);
        }
        catch (CorruptBlobException exception)
        {
            damage.Add(exception);
        }
    }
}
