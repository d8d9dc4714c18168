using System.Runtime.CompilerServices;
using RagApp.Contracts.Documents;
using RagApp.Ingestion.Audit;
using RagApp.Ingestion.Processing;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Dlp;

/// <summary>
/// What an operator decides about versions in quarantine. The decision stands in the manifest before anything is done
/// about it, so that a crash in between is healed: a released version is on its way again, a refused one's blobs are
/// still to be removed.
/// </summary>
internal sealed class Quarantine(
    IDocumentStore store, IngestionJobs jobs, ManifestEditor manifests, DocumentRemoval removal, DocumentAudit audit, TimeProvider time, ILogger<Quarantine> logger)
{
    /// <param name="tenant">Null for all.</param>
    public async IAsyncEnumerable<DocumentManifest> ListAsync(string? tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var name in store.ListTenantsAsync(cancellationToken))
        {
            if (tenant is not null && name != tenant)
                continue;
            await foreach (var stored in store.ListAsync(name, afterId: null, cancellationToken))
            {
                if (IsHeld(stored.Manifest))
                    yield return stored.Manifest;
            }
        }
    }

    /// <summary>The document, if its newest version is in quarantine.</summary>
    public async Task<DocumentManifest?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await foreach (var tenant in store.ListTenantsAsync(cancellationToken))
        {
            if (await store.FindAsync(tenant, id, cancellationToken) is { Manifest: var manifest } && IsHeld(manifest))
                return manifest;
        }
        return null;
    }

    /// <summary>Sends the version on its way again; what put it into quarantine counts as tagged. False when it is not there any more.</summary>
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

    /// <summary>The version has failed, with the reason, and its original is removed. False when it is not there any more.</summary>
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
