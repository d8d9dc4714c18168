using RagApp.Ingestion.Documents;
using RagApp.Ingestion.Processing;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Contents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Index;

namespace RagApp.Ingestion.Maintenance.Rebuild;

/// <summary>
/// Builds a new index of a tenant from the store, beside the current one: 1. adds all documents in the store; 2. adds
/// those that changed meanwhile, until few are left; 3. blocks all changes for a moment, adds the last ones, and
/// switches indexes. When the build ends early, the old index stays and the new one is discarded.
/// </summary>
internal sealed class IndexBuilder(
    IManifestStore documents, IContentStore contents, StoreInspection inspection, IIndexGenerations generations, IndexEntries entries, DocumentLocks locks, TimeProvider time)
{
    /// <summary>Number of changes few enough to be added while all changes are blocked.</summary>
    private const int FewChanges = 20;

    /// <summary>Largest number of rounds that add changed documents before changes are blocked, however many are left.</summary>
    private const int Rounds = 10;

    public async Task<BuildResult> RunAsync(
        string tenant, string model, int dimension, VectorSource vectors, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        using var changed = locks.Watch();
        await using var build = await generations.BuildAsync(tenant, model, dimension, cancellationToken);
        var count = new BuildCount(tenant, await CountAsync(tenant, cancellationToken), progress, time);

        // 1
        var side = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(inspection.WalkAsync(tenant, cancellationToken), side, async (stored, token) =>
        {
            await AddAsync(build, stored.Id, stored.Manifest, stored.Damage, vectors, count, token);
            count.DocumentDone();
        });

        // 2
        var left = changed.Take();
        for (var round = 0; left.Count > FewChanges && round < Rounds; round++)
        {
            await CatchUpAsync(tenant, build, left, vectors, count, cancellationToken);
            left = changed.Take();
        }

        // 3
        using (await locks.LockAllAsync(cancellationToken))
        {
            await CatchUpAsync(tenant, build, [.. left, .. changed.Take()], vectors, count, cancellationToken);
            await build.SwitchAsync(cancellationToken);
        }
        return count.Result;
    }

    private async Task CatchUpAsync(
        string tenant, IIndexBuild build, IReadOnlyCollection<string> ids, VectorSource vectors, BuildCount count, CancellationToken cancellationToken)
    {
        foreach (var id in ids.Distinct(StringComparer.Ordinal))
        {
            await build.RemoveAsync(id, cancellationToken);
            if (await documents.FindAsync(tenant, id, cancellationToken) is { Manifest: var manifest })
                await AddAsync(build, id, manifest, damage: null, vectors, count, cancellationToken);
        }
    }

    private async Task AddAsync(
        IIndexBuild build, string id, DocumentManifest? manifest, string? damage, VectorSource vectors, BuildCount count, CancellationToken cancellationToken)
    {
        if (damage is not null)
        {
            count.LeftOut(id, manifest?.Path, damage);
            return;
        }
        if (manifest is not { Deleted: false, Searchable: { } version })
            return;
        try
        {
            if (await contents.ReadAsync(manifest.IdOf(version), cancellationToken) is not { } content)
                count.LeftOut(id, manifest.Path, "its text is not in the store: upload it again");
            else if (await vectors(manifest, version, content, cancellationToken) is not { } found)
                count.LeftOut(id, manifest.Path, "it has no vectors of the index's model: run 'maintenance reembed' with that model");
            else
                await PutAsync(build, await entries.CreateAsync(manifest, version, content, found, cancellationToken), count, cancellationToken);
        }
        catch (CorruptBlobException exception)
        {
            count.LeftOut(id, manifest.Path, exception.Message);
        }
    }

    private static async Task PutAsync(IIndexBuild build, IndexedDocument document, BuildCount count, CancellationToken cancellationToken)
    {
        await build.ReplaceAsync(document, cancellationToken);
        count.ChunksAdded(document.Chunks.Count);
    }

    private async Task<int> CountAsync(string tenant, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var _ in documents.ListIdsAsync(tenant, cancellationToken))
            count++;
        return count;
    }
}

/// <summary>Gets the vectors of a version for the index that is being built; null when there are none.</summary>
internal delegate Task<DocumentVectors?> VectorSource(
    DocumentManifest manifest, DocumentVersion version, DocumentContent content, CancellationToken cancellationToken);
