using RagApp.Contracts.Identity;
using RagApp.Ingestion.Audit;
using RagApp.Storage.Documents;
using RagApp.Storage.Index;

namespace RagApp.Ingestion.Processing;

/// <summary>
/// Takes documents and old versions away. The manifest is marked before anything goes and goes last, so that a
/// removal that was cut off is seen and finished.
/// </summary>
internal sealed class DocumentRemoval(
    IDocumentStore store, IChunkIndexWriter index, ManifestEditor manifests, DocumentAudit audit, DocumentLocks locks, ILogger<DocumentRemoval> logger)
{
    /// <summary>Marks the document: from here on it answers nothing. Null when it is already gone.</summary>
    public Task<DocumentManifest?> MarkAsync(Principal actor, DocumentManifest manifest, CancellationToken cancellationToken) =>
        manifests.ChangeAsync(
            manifest.Tenant, manifest.Id,
            current => current with { Deleted = true },
            (before, _) => before.Deleted ? Task.CompletedTask : audit.DeletedAsync(actor, before, cancellationToken),
            cancellationToken);

    /// <summary>Removes a marked document: index entries, contents and vectors, originals, manifest.</summary>
    public async Task FinishAsync(DocumentManifest manifest, CancellationToken cancellationToken)
    {
        using var held = await locks.LockAsync(manifest.Id, cancellationToken);
        if (await store.FindAsync(manifest.Tenant, manifest.Id, cancellationToken) is not { Manifest: { Deleted: true } current })
            return;
        await index.RemoveAsync(current.Tenant, current.Id, cancellationToken);
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

    private static IEnumerable<DocumentVersion> VersionsOf(DocumentManifest manifest) =>
        new[] { manifest.Latest, manifest.Searchable }.OfType<DocumentVersion>()
            .Concat(manifest.Superseded)
            .DistinctBy(version => version.Number);
}
