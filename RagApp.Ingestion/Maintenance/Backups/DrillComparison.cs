using RagApp.Ingestion.Maintenance.Sweep;
using RagApp.Storage.Backups;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Index;

namespace RagApp.Ingestion.Maintenance.Backups;

/// <summary>
/// Compares a restored index with the manifests of the same backup, which were saved just before it. A document that differs counts
/// only when its manifest is still the same in the store: others were changed while or since the backup was made.
/// </summary>
internal sealed class DrillComparison(StoreArchive archive, DrillSamples samples)
{
    /// <summary>Documents of a tenant whose passages are searched.</summary>
    private const int MostSampled = 20;

    public async Task<DrillReport> RunAsync(IRestoredIndex restored, ArchivedManifests archived, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        var report = new DrillReport(archived.Tenant);
        var chosen = new List<(DocumentManifest Manifest, string Model)>(MostSampled);
        var indexed = restored.Tenants.Contains(archived.Tenant) ? restored.ScanAsync(archived.Tenant, cancellationToken) : AsyncEnumerable.Empty<IndexedVersion>();
        await foreach (var document in StoredAndIndexed.MergeAsync(archived.ReadAsync(cancellationToken), indexed, cancellationToken))
        {
            progress.Status($"{archived.Tenant}: compared {report.Same + report.Changed} documents");
            if (await CompareAsync(document, archived, report, cancellationToken) is not { Searchable: not null } same || document.Indexed.Count == 0)
                continue;
            Choose(chosen, (same, document.Indexed[0].Model), report.Same);
        }
        foreach (var (manifest, model) in chosen)
        {
            progress.Status($"{archived.Tenant}: searching passages of {manifest.Id}");
            if (await IsUnchangedAsync(archived, manifest, cancellationToken))
                await samples.CheckAsync(restored, manifest, model, report, cancellationToken);
        }
        return report;
    }

    /// <returns>The document with its effective access list when the copy has it as it was; else null.</returns>
    private async Task<DocumentManifest?> CompareAsync(StoredAndIndexed document, ArchivedManifests archived, DrillReport report, CancellationToken cancellationToken)
    {
        if (document.Stored is null or { Damage: not null })
        {
            report.Changed++; // uploaded while the backup was made, or damaged before it, which a sweep reports
            return null;
        }
        var manifest = await ResolveAsync(document.Stored.Manifest!, archived, cancellationToken);
        var model = document.Indexed.Count == 0 ? null : document.Indexed[0].Model;
        if (IndexJudge.Judge(manifest, document.Indexed, model) is not { } kind)
        {
            report.Same++;
            report.Passages += document.Indexed.Sum(version => version.Chunks);
            return manifest;
        }
        if (await IsUnchangedAsync(archived, manifest, cancellationToken))
            report.Differs($"document {document.Id} is not in the copy as it is in the store ({kind}).");
        else
            report.Changed++;
        return null;
    }

    /// <summary>The document with its effective access list, as both were when the backup was made.</summary>
    private static async Task<DocumentManifest> ResolveAsync(DocumentManifest manifest, ArchivedManifests archived, CancellationToken cancellationToken) =>
        manifest.Origin is null
            ? manifest
            : manifest with { Access = await archived.FindAsync(manifest.UploadId, cancellationToken) is { Deleted: false, Origin: null } root && root.IsOfUploadOf(manifest) ? root.Access : [] };

    private async Task<bool> IsUnchangedAsync(ArchivedManifests archived, DocumentManifest manifest, CancellationToken cancellationToken) =>
        await archive.IsUnchangedAsync(archived, manifest.Id, cancellationToken)
        && (manifest.Origin is null || await archive.IsUnchangedAsync(archived, manifest.UploadId, cancellationToken));

    /// <summary>Chooses documents at random, each with the same chance, in one pass (reservoir sampling).</summary>
    private static void Choose<T>(List<T> chosen, T candidate, int seen)
    {
        if (chosen.Count < MostSampled)
            chosen.Add(candidate);
        else if (Random.Shared.Next(seen) is var place && place < MostSampled)
            chosen[place] = candidate;
    }
}
