using RagApp.Contracts.Documents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Queue;

namespace RagApp.Ingestion.Processing.Jobs;

/// <summary>Adds the job that a document needs according to its manifest. All jobs are added here.</summary>
internal sealed class IngestionJobs(IJobQueue queue)
{
    /// <summary>Adds the job that finishes the document. Does nothing when the document is finished, or its job already waits or runs.</summary>
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
