using RagApp.Contracts.Documents;
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
            return Job.On(manifest.LatestId, JobKind.Delete);
        return manifest.Latest.Status.IsFinal() && manifest.Superseded.Count == 0
            ? null
            : Job.On(manifest.LatestId, JobKind.Ingest) with { Priority = manifest.Latest.Priority };
    }
}
