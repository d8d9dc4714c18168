using System.Globalization;
using RagApp.Ingestion.Intake;
using RagApp.Ingestion.Processing;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;
using RagApp.Storage.Index;

namespace RagApp.Ingestion.Maintenance.Sweep;

/// <summary>
/// Compares what the store and the index have of a tenant's documents. Both move on while they are read: what looks
/// wrong is looked at again under the document's lock before it counts.
/// </summary>
internal sealed class DocumentSweep(
    IDocumentStore store, IChunkIndexWriter index, IIndexGenerations generations, IndexEntries entries, InheritedAccess access, Lazy<PathMerge> merge, DocumentLocks locks)
{
    /// <returns>The originals that manifests name; null when a manifest cannot be read, so that nobody knows.</returns>
    public async Task<HashSet<string>?> RunAsync(string tenant, SweepReport report, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        var model = (await generations.FindCurrentAsync(tenant, cancellationToken))?.Model;
        var reembedding = await store.FindReembeddingAsync(tenant, cancellationToken);
        var originals = new HashSet<string>(StringComparer.Ordinal);
        var damaged = false;
        var documents = StoredAndIndexed.MergeAsync(
            store.InspectAsync(tenant, cancellationToken), index.ScanAsync(tenant, documentId: null, cancellationToken), cancellationToken);
        await foreach (var (id, stored, indexed) in documents)
        {
            report.Documents += stored is null ? 0 : 1;
            report.Chunks += indexed.Sum(entry => entry.Chunks);
            progress.Status(string.Create(CultureInfo.InvariantCulture, $"{tenant}: {report.Documents:N0} documents, {report.Chunks:N0} chunks, {report.Found:N0} orphans"));
            if (stored?.Damage is { } damage)
            {
                report.AddLasting(tenant, OrphanKind.DamagedManifest, id, damage);
                damaged = true;
                continue;
            }
            foreach (var version in stored?.Manifest?.Versions() ?? [])
                originals.Add(version.OriginalId);
            if (stored?.Manifest is { } manifest && PathMerge.IsNeeded(manifest))
                await MergeAsync(manifest, report, cancellationToken);
            await TryReconcileAsync(tenant, id, stored?.Manifest, indexed, model, report, cancellationToken);
            foreach (var version in stored?.Versions ?? [])
                await SweepVersionAsync(tenant, stored!, version, [model, reembedding], report, cancellationToken);
        }
        return damaged ? null : originals;
    }

    /// <summary>The first merge needs the queue; a sweep of stores that need none does without.</summary>
    private async Task MergeAsync(DocumentManifest manifest, SweepReport report, CancellationToken cancellationToken)
    {
        try
        {
            if (report.DryRun || await merge.Value.TryMergeAsync(manifest, cancellationToken))
                report.Add(manifest.Tenant, OrphanKind.PathInOtherForm, mended: !report.DryRun);
            else
                report.AddLasting(manifest.Tenant, OrphanKind.PathInOtherForm, manifest.Path, "its newest version does not answer, or its file was not kept: delete it, and upload it again");
        }
        catch (Exception exception) when (exception is CorruptBlobException or IntakeException)
        {
            report.AddLasting(manifest.Tenant, OrphanKind.PathInOtherForm, manifest.Path, exception.Message);
        }
    }

    /// <summary>The list of what came out of an upload may be the upload's, whose manifest may be damaged: that is named, and the sweep goes on.</summary>
    private async Task TryReconcileAsync(
        string tenant, string id, DocumentManifest? manifest, IReadOnlyList<IndexedVersion> indexed, string? model, SweepReport report, CancellationToken cancellationToken)
    {
        try
        {
            if (IndexJudge.Judge(await ResolveAsync(manifest, cancellationToken), indexed, model) is not null)
                await ReconcileAsync(tenant, id, model, report, cancellationToken);
        }
        catch (CorruptBlobException exception)
        {
            report.AddLasting(tenant, OrphanKind.AccessDiffers, id, exception.Message);
        }
    }

    private async Task<DocumentManifest?> ResolveAsync(DocumentManifest? manifest, CancellationToken cancellationToken) =>
        manifest is null ? null : await access.ResolveAsync(manifest, cancellationToken);

    private async Task ReconcileAsync(string tenant, string id, string? model, SweepReport report, CancellationToken cancellationToken)
    {
        using var held = await locks.LockAsync(id, cancellationToken);
        var manifest = await ResolveAsync((await store.FindAsync(tenant, id, cancellationToken))?.Manifest, cancellationToken);
        var indexed = await index.ScanAsync(tenant, id, cancellationToken).ToListAsync(cancellationToken);
        if (IndexJudge.Judge(manifest, indexed, model) is not { } kind)
            return; // it was on its way when it was read
        if (report.DryRun)
            report.Add(tenant, kind, mended: false);
        else if (manifest?.Searchable is null)
            await RemoveAsync(tenant, id, kind, report, cancellationToken);
        else
            await MendAsync(manifest, manifest.Searchable, kind, report, cancellationToken);
    }

    private async Task RemoveAsync(string tenant, string id, OrphanKind kind, SweepReport report, CancellationToken cancellationToken)
    {
        await index.RemoveAsync(tenant, [id], cancellationToken);
        report.Add(tenant, kind, mended: true);
    }

    /// <summary>What the store says goes into the index again. What it cannot say stays out, where only others may have seen it.</summary>
    private async Task MendAsync(DocumentManifest manifest, DocumentVersion version, OrphanKind kind, SweepReport report, CancellationToken cancellationToken)
    {
        try
        {
            switch (await entries.WriteAsync(manifest, version, cancellationToken))
            {
                case IndexWrite.Written:
                    report.Add(manifest.Tenant, kind, mended: true);
                    break;
                case IndexWrite.NoIndex:
                    report.AddLasting(manifest.Tenant, kind, manifest.Path, "the tenant has no index: run 'maintenance rebuild-index'");
                    break;
                default:
                    report.AddLasting(manifest.Tenant, kind, manifest.Path, "its text, or its vectors of the index's model, are not in the store: run 'maintenance reembed' with that model, or upload it again");
                    break;
            }
        }
        catch (CorruptBlobException exception)
        {
            report.AddLasting(manifest.Tenant, kind, manifest.Path, exception.Message);
        }
    }

    private async Task SweepVersionAsync(
        string tenant, StoredDocument stored, StoredVersion version, IReadOnlyList<string?> models, SweepReport report, CancellationToken cancellationToken)
    {
        if (!Names(stored.Manifest, version.Id))
        {
            await SweepUnnamedVersionAsync(version.Id, report, cancellationToken);
            return;
        }
        if (models[0] is null)
            return; // no index says which model counts
        foreach (var other in version.Models.Where(model => !models.Contains(model)))
        {
            if (!report.DryRun)
                await store.DeleteVectorsAsync(version.Id, other, cancellationToken);
            report.Add(tenant, OrphanKind.VectorsOfOtherModel, mended: !report.DryRun);
        }
    }

    private async Task SweepUnnamedVersionAsync(VersionId version, SweepReport report, CancellationToken cancellationToken)
    {
        using var held = await locks.LockAsync(version.DocumentId, cancellationToken);
        if (Names((await store.FindAsync(version.Tenant, version.DocumentId, cancellationToken))?.Manifest, version))
            return;
        if (!report.DryRun)
            await store.DeleteVersionAsync(version, cancellationToken);
        report.Add(version.Tenant, OrphanKind.VersionWithoutDocument, mended: !report.DryRun);
    }

    private static bool Names(DocumentManifest? manifest, VersionId version) =>
        manifest?.Versions().Any(known => manifest.IdOf(known) == version) == true;
}
