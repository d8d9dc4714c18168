using RagApp.Contracts.Documents;
using RagApp.Ingestion.Catalogue;
using RagApp.Ingestion.Documents;
using RagApp.Storage.Documents.Manifests;

namespace RagApp.Ingestion.Processing;

/// <summary>
/// Writes the progress of a version into its manifest for readers, at most about once a second. Progress never goes backwards: a job that runs again, after a failure or
/// a restart, leaves state and count as they are until it has come further.
/// </summary>
internal sealed class DocumentProgress(ManifestEditor manifests, TimeProvider time, DocumentManifest manifest)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long _saved = long.MinValue;

    public Task EnterAsync(DocumentStatus status, CancellationToken cancellationToken) =>
        SaveAsync(
            version => version.Status.IsFinal() ? version : version with { Status = version.Status > status ? version.Status : status, Reason = null }, cancellationToken);

    /// <summary>Says what the version waits for.</summary>
    public Task WaitAsync(string reason, CancellationToken cancellationToken) =>
        SaveAsync(version => version with { Reason = reason }, cancellationToken);

    public Task SaveAsync(Func<DocumentVersion, DocumentVersion> change, CancellationToken cancellationToken)
    {
        _saved = time.GetTimestamp();
        return manifests.ChangeAsync(
            manifest,
            current => VersionGuard.IsCurrent(current, manifest.LatestId) ? current with { Latest = change(current.Latest) } : throw new StaleVersionException(),
            cancellationToken);
    }

    public async Task CountAsync(int done, int total, CancellationToken cancellationToken)
    {
        if (_saved != long.MinValue && time.GetElapsedTime(_saved) < Interval)
            return;
        await SaveAsync(version => version with { Done = Math.Max(done, Math.Min(version.Done, total)), Total = total }, cancellationToken);
    }
}
