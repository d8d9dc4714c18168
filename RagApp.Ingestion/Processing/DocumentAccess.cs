using RagApp.Contracts.Documents;
using RagApp.Contracts.Identity;
using RagApp.Ingestion.Audit;
using RagApp.Ingestion.Processing.Members;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Processing;

/// <summary>
/// Changes who may read a document. The manifest takes the new list first, marked as pending; then the index gets
/// the stored chunks and vectors again under it, and the mark goes. Nothing is parsed or embedded, and a change
/// that a crash cut off is seen by its mark and finished.
/// </summary>
internal sealed class DocumentAccess(
    IDocumentStore store,
    IndexEntries entries,
    ManifestEditor manifests,
    DocumentTrees trees,
    DocumentAudit audit,
    DocumentLocks locks,
    DamageReport damage,
    ILogger<DocumentAccess> logger)
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

    /// <summary>Brings the index, and all that came out of the document, to the list that the manifest has; null when the document is gone.</summary>
    public async Task<DocumentManifest?> ApplyAsync(DocumentManifest manifest, CancellationToken cancellationToken)
    {
        if (await IndexAsync(manifest, cancellationToken) is not { AccessPending: true } current)
            return await FindAsync(manifest.Tenant, manifest.Id, cancellationToken);
        if (current.Origin is null)
        {
            foreach (var id in (await trees.ReadAsync(current, cancellationToken)).Inside(current.Id))
                await FollowAsync(current, id, cancellationToken);
        }
        return await manifests.ChangeAsync(
            current.Tenant, current.Id,
            latest => latest.Access.SequenceEqual(current.Access, StringComparer.Ordinal) ? latest with { AccessPending = false } : latest,
            (_, after) => after.AccessPending ? Task.CompletedTask : audit.AccessAppliedAsync(after, cancellationToken),
            cancellationToken);
    }

    private async Task<DocumentManifest?> IndexAsync(DocumentManifest manifest, CancellationToken cancellationToken)
    {
        using var held = await locks.LockAsync(manifest.Id, cancellationToken);
        var current = await FindAsync(manifest.Tenant, manifest.Id, cancellationToken);
        if (current is { AccessPending: true, Searchable: { } version } && !await TryReplaceAsync(current, version, cancellationToken))
            await manifests.ChangeAsync(current.Tenant, current.Id, latest => WithoutSearchable(latest, version), cancellationToken);
        return current;
    }

    /// <summary>
    /// Gives a document that came out of another the list that the other has now. Both are looked at under the other's lock, so
    /// that of two changes at once the later one stays.
    /// </summary>
    private async Task FollowAsync(DocumentManifest root, string id, CancellationToken cancellationToken)
    {
        DocumentManifest? changed;
        using (await locks.LockAsync(root.Id, cancellationToken))
        {
            if (await FindAsync(root.Tenant, root.Id, cancellationToken) is not { Access: var access })
                return;
            changed = await manifests.ChangeAsync(
                root.Tenant, id,
                member => !member.Deleted && string.Equals(member.Origin?.RootId, root.Id, StringComparison.Ordinal)
                    && (member.AccessPending || !member.Access.SequenceEqual(access, StringComparer.Ordinal))
                    ? member with { Access = access, AccessPending = true }
                    : null,
                (before, after) => audit.AccessChangedAsync(Principal.ForService(root.Tenant, "document-ingestion"), before, after, cancellationToken),
                cancellationToken);
        }
        if (changed is not null)
            await ApplyAsync(changed, cancellationToken);
    }

    /// <summary>Null when it is gone or going.</summary>
    private async Task<DocumentManifest?> FindAsync(string tenant, string id, CancellationToken cancellationToken) =>
        await store.FindAsync(tenant, id, cancellationToken) is { Manifest: { Deleted: false } manifest } ? manifest : null;

    /// <summary>False when what the index would need is gone or damaged: then the document is better found by nobody than by those who lost the right.</summary>
    private async Task<bool> TryReplaceAsync(DocumentManifest manifest, DocumentVersion version, CancellationToken cancellationToken)
    {
        try
        {
            return await entries.WriteAsync(manifest, version, cancellationToken) != IndexWrite.Missing;
        }
        catch (CorruptBlobException exception)
        {
            damage.Add(exception);
            await entries.RemoveAsync(manifest, cancellationToken);
            return false;
        }
    }

    private static DocumentManifest WithoutSearchable(DocumentManifest manifest, DocumentVersion lost) =>
        manifest.Latest.Number == lost.Number
            ? manifest with { Searchable = null, Latest = manifest.Latest with { Status = DocumentStatus.Failed, Reason = GivenUp.Damaged } }
            : manifest with { Searchable = null, Superseded = [.. manifest.Superseded, lost] };
}
