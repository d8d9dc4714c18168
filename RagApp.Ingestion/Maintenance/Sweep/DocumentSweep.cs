using System.Globalization;
using RagApp.Contracts.Http;
using RagApp.Ingestion.Documents;
using RagApp.Ingestion.Processing;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Contents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Index;

namespace RagApp.Ingestion.Maintenance.Sweep;

/// <summary>
/// Compares a tenant's documents in the store and in the index. Both change during the comparison, so a difference is
/// checked again under the document's lock before it counts.
/// </summary>
internal sealed class DocumentSweep(
    IManifestStore documents, IContentStore contents, StoreInspection inspection, IChunkIndexWriter index, IIndexGenerations generations, IndexEntries entries, InheritedAccess access, Lazy<PathMerge> merge, DocumentLocks locks)
{
    /// <returns>The ids of the originals that manifests name; null when a manifest cannot be read, so that the list would be incomplete.</returns>
    public async Task<HashSet<string>?> RunAsync(string tenant, SweepReport report, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        var model = (await generations.FindCurrentAsync(tenant, cancellationToken))?.Model;
        var reembedding = await contents.FindReembeddingAsync(tenant, cancellationToken);
        var originals = new HashSet<string>(StringComparer.Ordinal);
        var damaged = false;
        var pairs = StoredAndIndexed.MergeAsync(
            inspection.WalkAsync(tenant, cancellationToken), index.ScanAsync(tenant, documentId: null, cancellationToken), cancellationToken);
        await foreach (var (id, stored, indexed) in pairs)
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

    /// <summary>
    /// Merges a document whose path is not in normal form C. The queue is opened only by the first merge, so that a
    /// sweep without merges works without it.
    /// </summary>
    private async Task MergeAsync(DocumentManifest manifest, SweepReport report, CancellationToken cancellationToken)
    {
        try
        {
            if (report.DryRun || await merge.Value.TryMergeAsync(manifest, cancellationToken))
                report.Add(manifest.Tenant, OrphanKind.PathInOtherForm, mended: !report.DryRun);
            else
                report.AddLasting(manifest.Tenant, OrphanKind.PathInOtherForm, manifest.Path, "its newest version does not answer, or its file was not kept: delete it, and upload it again");
        }
        catch (Exception exception) when (exception is CorruptBlobException or ProblemException)
        {
            report.AddLasting(manifest.Tenant, OrphanKind.PathInOtherForm, manifest.Path, exception.Message);
        }
    }

    /// <summary>Reconciles a document. When the manifest of its upload is damaged, the damage is reported and the sweep goes on.</summary>
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
        var manifest = await ResolveAsync((await documents.FindAsync(tenant, id, cancellationToken))?.Manifest, cancellationToken);
        var indexed = await index.ScanAsync(tenant, id, cancellationToken).ToListAsync(cancellationToken);
        if (IndexJudge.Judge(manifest, indexed, model) is not { } kind)
            return; // a change was in progress at the first comparison
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

    /// <summary>
    /// Writes the stored state of the document into the index again. When text or vectors are missing from the store,
    /// the document stays out of the index and is reported.
    /// </summary>
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
            return; // no index, so the model in use is unknown
        foreach (var other in version.Models.Where(model => !models.Contains(model)))
        {
            if (!report.DryRun)
                await contents.DeleteVectorsAsync(version.Id, other, cancellationToken);
            report.Add(tenant, OrphanKind.VectorsOfOtherModel, mended: !report.DryRun);
        }
    }

    private async Task SweepUnnamedVersionAsync(VersionId version, SweepReport report, CancellationToken cancellationToken)
    {
        using var held = await locks.LockAsync(version.DocumentId, cancellationToken);
        if (Names((await documents.FindAsync(version.Tenant, version.DocumentId, cancellationToken))?.Manifest, version))
            return;
        if (!report.DryRun)
            await contents.DeleteAsync(version, cancellationToken);
        report.Add(version.Tenant, OrphanKind.VersionWithoutDocument, mended: !report.DryRun);
    }

    private static bool Names(DocumentManifest? manifest, VersionId version) =>
        manifest?.Versions().Any(known => manifest.IdOf(known) == version) == true;
}
