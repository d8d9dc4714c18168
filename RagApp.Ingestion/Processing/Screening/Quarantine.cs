using System.Runtime.CompilerServices;
using RagApp.Contracts.Documents;
using RagApp.Ingestion.Audit;
using RagApp.Ingestion.Catalogue;
using RagApp.Ingestion.Processing.Changes;
using RagApp.Ingestion.Processing.Jobs;
using RagApp.Storage.Documents.Manifests;

namespace RagApp.Ingestion.Processing.Screening;

/// <summary>
/// Carries out an operator's decisions on versions in quarantine. The decision is saved in the manifest first, so that
/// a crash afterwards is healed: a released version is processed again, and the blobs of a refused one are still
/// removed.
/// </summary>
internal sealed class Quarantine(
    IManifestStore documents, IngestionJobs jobs, ManifestEditor manifests, DocumentRemoval removal, DocumentAudit audit, TimeProvider time, ILogger<Quarantine> logger)
{
    /// <param name="tenant">The tenant; null for all tenants.</param>
    public async IAsyncEnumerable<DocumentManifest> ListAsync(string? tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var name in documents.ListTenantsAsync(cancellationToken))
        {
            if (tenant is not null && name != tenant)
                continue;
            await foreach (var stored in documents.ListAsync(name, afterId: null, cancellationToken))
            {
                if (IsHeld(stored.Manifest))
                    yield return stored.Manifest;
            }
        }
    }

    /// <summary>The document; null unless its newest version is in quarantine.</summary>
    public async Task<DocumentManifest?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await foreach (var tenant in documents.ListTenantsAsync(cancellationToken))
        {
            if (await documents.FindAsync(tenant, id, cancellationToken) is { Manifest: var manifest } && IsHeld(manifest))
                return manifest;
        }
        return null;
    }

    /// <summary>
    /// Processes the version again; the findings that caused the quarantine are only tagged. Returns false when the
    /// version is no longer in quarantine.
    /// </summary>
    public async Task<bool> ReleaseAsync(DocumentManifest manifest, string by, string? why, CancellationToken cancellationToken)
    {
        var decision = new QuarantineDecision(Released: true, by, time.GetUtcNow(), why);
        var released = await manifests.ChangeAsync(
            manifest,
            current => IsSame(current, manifest)
                ? current with { Latest = current.Latest with { Status = DocumentStatus.Queued, Reason = null, Decision = decision } }
                : null,
            (_, after) => audit.ReleasedAsync(after, cancellationToken),
            cancellationToken);
        if (released is null)
            return false;
        try
        {
            await jobs.AddAsync(released, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.ReleasedWithoutJob(released.Tenant, released.Id, exception);
        }
        return true;
    }

    /// <summary>
    /// Marks the version as failed, with the reason, and removes its original. Returns false when the version is no longer in
    /// quarantine.
    /// </summary>
    public async Task<bool> RefuseAsync(DocumentManifest manifest, string by, string? why, CancellationToken cancellationToken)
    {
        var decision = new QuarantineDecision(Released: false, by, time.GetUtcNow(), why);
        var reason = string.IsNullOrWhiteSpace(why) ? "It was refused. The file was not kept." : $"It was refused: {why.Trim().TrimEnd('.')}. The file was not kept.";
        var refused = await manifests.ChangeAsync(
            manifest,
            current => IsSame(current, manifest) ? current.WithoutLatest(current.Latest with { Reason = reason, Decision = decision }) : null,
            (_, after) => audit.RefusedAsync(after, cancellationToken),
            cancellationToken);
        if (refused is null)
            return false;
        await removal.RemoveSupersededAsync(refused, cancellationToken);
        return true;
    }

    private static bool IsSame(DocumentManifest current, DocumentManifest seen) =>
        IsHeld(current) && current.Latest.Number == seen.Latest.Number;

    private static bool IsHeld(DocumentManifest manifest) => manifest is { Deleted: false, Latest.Status: DocumentStatus.Quarantined };
}
