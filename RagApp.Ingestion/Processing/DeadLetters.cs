using RagApp.Contracts.Documents;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;
using RagApp.Storage.Queue;

namespace RagApp.Ingestion.Processing;

/// <summary>
/// Jobs that were given up, together with the manifests of their documents. The queue buries a job whose worker died
/// every time and knows nothing of manifests, so the two are brought together afterwards; a requeue changes the
/// manifest first. Both can be cut off between the two: a document that changed after its job died was requeued, and
/// the recovery adds its job again.
/// </summary>
internal sealed class DeadLetters(IJobQueue queue, IDocumentStore store, ManifestEditor manifests, DocumentPublisher publisher, DamageReport damage)
{
    /// <summary>Documents whose job died say so; a letter about a version or a document that is not there any more is thrown away.</summary>
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

    /// <summary>Has the document worked on again, from <c>failed</c> back to <c>queued</c>. False when the job is not dead, or not wanted any more.</summary>
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

    /// <summary>All dead letters of a tenant, or of all tenants; read whole, since acting on one moves the others.</summary>
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

    /// <summary>The manifest, when the job's version is still wanted; a deletion is, as long as the manifest is there.</summary>
    private async Task<DocumentManifest?> FindAsync(Job job, CancellationToken cancellationToken) =>
        await store.FindAsync(job.Tenant, job.DocumentId, cancellationToken) is { Manifest: var manifest }
        && (manifest.Deleted ? job.Kind == JobKind.Delete && manifest.Incarnation == job.Incarnation : VersionGuard.IsCurrent(manifest, job.VersionId))
            ? manifest
            : null;
}
