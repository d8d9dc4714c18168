using RagApp.Storage.Documents;
using RagApp.Storage.Queue;

namespace RagApp.Ingestion.Processing;

/// <summary>Which job a document needs, as its manifest says; everything that adds one does it here.</summary>
internal sealed class IngestionJobs(IJobQueue queue)
{
    /// <summary>Adds the job that brings the document to its end. Nothing happens when there is nothing to do, or when it waits or runs already.</summary>
    public async Task AddAsync(DocumentManifest manifest, CancellationToken cancellationToken)
    {
        if (NeededBy(manifest) is { } job)
            await queue.EnqueueAsync(job, cancellationToken);
    }

    private static Job? NeededBy(DocumentManifest manifest)
    {
        if (manifest.Deleted)
            return new Job(JobKind.Delete, manifest.Tenant, manifest.Id, manifest.Latest.Number);
        return VersionGuard.IsTerminal(manifest.Latest.Status) && manifest.Superseded.Count == 0
            ? null
            : new Job(JobKind.Ingest, manifest.Tenant, manifest.Id, manifest.Latest.Number) { Priority = manifest.Latest.Priority };
    }
}
