using RagApp.Contracts.Documents;
using RagApp.Ingestion.Catalogue;
using RagApp.Ingestion.Documents;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Queue;

namespace RagApp.Ingestion.Processing.Jobs;

/// <summary>
/// Keeps dead letters (jobs that were given up) in step with the manifests of their documents. The queue knows nothing of
/// manifests, so a document is marked as failed only after its job became a dead letter; a requeue changes the manifest
/// first. A crash may interrupt either between its two steps: a document that changed after its job became a dead letter
/// was being requeued, and the recovery adds its job again.
/// </summary>
internal sealed class DeadLetterQueue(IJobQueue queue, IManifestStore documents, ManifestEditor manifests, DocumentPublisher publisher, DamageReport damage)
{
    /// <summary>Marks documents of dead letters as failed, and removes dead letters of versions and documents that no longer exist.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        foreach (var dead in await AllAsync(tenant: null, cancellationToken))
        {
            try
            {
                await SettleAsync(dead, cancellationToken);
            }
            catch (CorruptBlobException exception)
            {
                damage.Add(exception);
            }
        }
    }

    /// <summary>
    /// Puts a job back into the queue and its document from <c>failed</c> to <c>queued</c>. Returns false when the job
    /// is no dead letter, or is no longer needed.
    /// </summary>
    public async Task<bool> RequeueAsync(Job job, CancellationToken cancellationToken)
    {
        if (await FindAsync(job, cancellationToken) is not { } manifest)
        {
            await queue.DiscardAsync(job, cancellationToken);
            return false;
        }
        await manifests.ChangeAsync(
            manifest,
            current => VersionGuard.IsCurrent(current, job.VersionId) && current.Latest is { Status: DocumentStatus.Failed, OriginalRemoved: false }
                ? current with { Latest = current.Latest with { Status = DocumentStatus.Queued, Reason = null, Done = 0, Total = 0 } }
                : null,
            cancellationToken);
        return await queue.RequeueAsync(job, cancellationToken);
    }

    /// <summary>All dead letters of a tenant, or of all tenants, as a list, because acting on one changes their order.</summary>
    public async Task<IReadOnlyList<DeadJob>> AllAsync(string? tenant, CancellationToken cancellationToken)
    {
        var all = new List<DeadJob>();
        await foreach (var dead in queue.ListDeadAsync(tenant, cancellationToken))
            all.Add(dead);
        return all;
    }

    private async Task SettleAsync(DeadJob dead, CancellationToken cancellationToken)
    {
        if (await FindAsync(dead.Job, cancellationToken) is not { } manifest)
            await queue.DiscardAsync(dead.Job, cancellationToken);
        else if (dead.Job.Kind == JobKind.Ingest && manifest.UpdatedAt <= dead.DiedAt)
            await publisher.FailAsync(dead.Job.VersionId, GivenUp.Reason, contentType: null, cancellationToken);
    }

    /// <summary>The manifest, when the job is still needed: its version is the current one, or it deletes a document that still exists.</summary>
    private async Task<DocumentManifest?> FindAsync(Job job, CancellationToken cancellationToken) =>
        await documents.FindAsync(job.Tenant, job.DocumentId, cancellationToken) is { Manifest: var manifest }
        && (manifest.Deleted ? job.Kind == JobKind.Delete && manifest.Incarnation == job.Incarnation : VersionGuard.IsCurrent(manifest, job.VersionId))
            ? manifest
            : null;
}
