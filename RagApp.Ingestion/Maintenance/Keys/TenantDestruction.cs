using RagApp.Ingestion.Catalogue;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Encryption;
using RagApp.Storage.Index;
using RagApp.Storage.Journals;

namespace RagApp.Ingestion.Maintenance.Keys;

/// <summary>
/// Destroys the documents of a tenant with its key: 1. records it in the audit journal, 2. destroys the key, from which moment copies of the
/// documents are unreadable too, 3. replaces the index by an empty one, 4. removes the blobs. Each step can be repeated.
/// </summary>
internal sealed class TenantDestruction(
    TenantKeys keys, IBlobStore blobs, IManifestStore documents, DocumentCatalogue catalogue, IIndexGenerations generations, IAuditJournal audit, TimeProvider time)
{
    private const string Actor = "service:maintenance";

    /// <param name="by">The operator who decided it.</param>
    /// <returns>Number of documents whose blobs were removed.</returns>
    public async Task<int> RunAsync(string tenant, string by, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        var details = new Dictionary<string, string>(StringComparer.Ordinal) { ["by"] = by };
        await audit.AppendAsync( // 1
            new AuditRecord(tenant, time.GetUtcNow(), Actor, AuditActions.TenantDestroyed, DocumentId: null, Version: null, details, TraceId: null), cancellationToken);
        await keys.DestroyAsync(tenant, cancellationToken); // 2
        await EmptyIndexAsync(tenant, cancellationToken); // 3
        return await RemoveBlobsAsync(tenant, progress, cancellationToken); // 4
    }

    private async Task EmptyIndexAsync(string tenant, CancellationToken cancellationToken)
    {
        if (await generations.FindCurrentAsync(tenant, cancellationToken) is { } current)
        {
            await using var empty = await generations.BuildAsync(tenant, current.Model, current.Dimension, cancellationToken);
            await empty.SwitchAsync(cancellationToken);
        }
        foreach (var left in await generations.ListLeftAsync(tenant, cancellationToken))
            await generations.TryRemoveAsync(tenant, left, cancellationToken);
    }

    private async Task<int> RemoveBlobsAsync(string tenant, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var id in await documents.ListIdsAsync(tenant, cancellationToken).ToListAsync(cancellationToken))
        {
            await catalogue.DeleteAsync(tenant, id, cancellationToken);
            progress.Status($"{tenant}: {++count} documents removed");
        }
        foreach (var folder in DocumentKeys.FoldersOf(tenant))
        {
            foreach (var key in await blobs.ListAsync(folder, after: null, cancellationToken).ToListAsync(cancellationToken))
                await blobs.DeleteAsync(key, cancellationToken);
        }
        return count;
    }
}
