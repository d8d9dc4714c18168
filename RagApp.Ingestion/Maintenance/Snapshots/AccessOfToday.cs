using System.Globalization;
using RagApp.Ingestion.Documents;
using RagApp.Ingestion.Maintenance.Sweep;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Index;

namespace RagApp.Ingestion.Maintenance.Snapshots;

/// <summary>
/// Brings an index restored from a snapshot up to date with today's rights. Access lists become those of the store.
/// Documents that were deleted, versions that were replaced and documents whose manifests cannot be read are removed.
/// The caller blocks changes of the store meanwhile.
/// </summary>
internal sealed class AccessOfToday(StoreInspection inspection, InheritedAccess inherited)
{
    /// <summary>Number of changed documents that are collected before they are written.</summary>
    private const int Batch = 1000;

    /// <returns>The number of documents that got another access list, and the number of documents removed.</returns>
    public async Task<(int Changed, int Removed)> ApplyAsync(IRestoredIndex index, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        var (changed, removed) = (0, 0);
        foreach (var tenant in index.Tenants)
        {
            var changes = new Changes(index, tenant);
            await ApplyAsync(index, tenant, changes, progress, cancellationToken);
            changed += changes.Changed;
            removed += changes.Removed;
        }
        return (changed, removed);
    }

    private async Task ApplyAsync(IRestoredIndex index, string tenant, Changes changes, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        var seen = 0;
        var documents = StoredAndIndexed.MergeAsync(inspection.WalkAsync(tenant, cancellationToken), index.ScanAsync(tenant, cancellationToken), cancellationToken);
        await foreach (var (id, stored, indexed) in documents)
        {
            if (indexed.Count == 0)
                continue; // newer than the snapshot: the sweep adds it
            progress.Status(string.Create(CultureInfo.InvariantCulture, $"{tenant}: looked who may read {++seen:N0} documents"));
            var manifest = await FindAsync(stored, cancellationToken);
            switch (IndexJudge.Judge(manifest, indexed, indexed[0].Model))
            {
                case null or OrphanKind.ChunksOfOtherModel:
                    break;
                case OrphanKind.AccessDiffers:
                    changes.Change(id, manifest!.Access);
                    break;
                default:
                    changes.Remove(id);
                    break;
            }
            if (changes.Pending == Batch)
                await changes.WriteAsync(cancellationToken);
        }
        await changes.WriteAsync(cancellationToken);
    }

    /// <summary>The document with its effective access list; null when it is no longer searchable, or its list cannot be read.</summary>
    private async Task<DocumentManifest?> FindAsync(StoredDocument? stored, CancellationToken cancellationToken)
    {
        try
        {
            return stored?.Manifest is { Deleted: false } manifest ? await inherited.ResolveAsync(manifest, cancellationToken) : null;
        }
        catch (CorruptBlobException)
        {
            return null; // the manifest of its upload is damaged
        }
    }

    /// <summary>The changes not yet written, by access list, and the total number of changes.</summary>
    private sealed class Changes(IRestoredIndex index, string tenant)
    {
        private readonly Dictionary<string, (IReadOnlyList<string> Access, List<string> Ids)> _changed = new(StringComparer.Ordinal);
        private readonly List<string> _removed = [];

        public int Pending { get; private set; }

        public int Changed { get; private set; }

        public int Removed { get; private set; }

        public void Change(string id, IReadOnlyList<string> access)
        {
            var fingerprint = IndexedVersion.FingerprintOf(access);
            if (!_changed.TryGetValue(fingerprint, out var alike))
                _changed[fingerprint] = alike = (access, []);
            alike.Ids.Add(id);
            Changed++;
            Pending++;
        }

        public void Remove(string id)
        {
            _removed.Add(id);
            Removed++;
            Pending++;
        }

        public async Task WriteAsync(CancellationToken cancellationToken)
        {
            foreach (var (access, ids) in _changed.Values)
                await index.ChangeAccessAsync(tenant, ids, access, cancellationToken);
            if (_removed.Count > 0)
                await index.RemoveAsync(tenant, _removed, cancellationToken);
            _changed.Clear();
            _removed.Clear();
            Pending = 0;
        }
    }
}
