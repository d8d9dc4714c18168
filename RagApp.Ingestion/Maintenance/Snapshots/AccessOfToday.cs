using System.Globalization;
using RagApp.Ingestion.Maintenance.Sweep;
using RagApp.Ingestion.Processing;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;
using RagApp.Storage.Index;

namespace RagApp.Ingestion.Maintenance.Snapshots;

/// <summary>
/// Sees to it that an index out of a snapshot shows nobody what he may not read by now. Access lists become those of
/// the store; what the store no longer answers with is taken out: documents that were deleted, versions that were
/// replaced, manifests that cannot be read. The caller keeps the store from changing meanwhile.
/// </summary>
internal sealed class AccessOfToday(IDocumentStore store, InheritedAccess inherited)
{
    /// <summary>Documents that are changed in one write.</summary>
    private const int Batch = 1000;

    /// <returns>How many documents got another access list, and how many were taken out.</returns>
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
        var documents = StoredAndIndexed.MergeAsync(store.InspectAsync(tenant, cancellationToken), index.ScanAsync(tenant, cancellationToken), cancellationToken);
        await foreach (var (id, stored, indexed) in documents)
        {
            if (indexed.Count == 0)
                continue; // came later: the sweep adds it
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

    /// <summary>The document under the list that counts; null when it answers no more, or nobody can tell its list.</summary>
    private async Task<DocumentManifest?> FindAsync(StoredDocument? stored, CancellationToken cancellationToken)
    {
        try
        {
            return stored?.Manifest is { Deleted: false } manifest ? await inherited.ResolveAsync(manifest, cancellationToken) : null;
        }
        catch (CorruptBlobException)
        {
            return null; // the manifest of the upload that it came out of
        }
    }

    /// <summary>Changes not yet written, by access list, and how many there were altogether.</summary>
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
