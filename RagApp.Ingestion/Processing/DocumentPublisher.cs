using RagApp.Contracts.Documents;
using RagApp.Ingestion.Audit;
using RagApp.Ingestion.Catalogue;
using RagApp.Ingestion.Documents;
using RagApp.Ingestion.Processing.Changes;
using RagApp.Ingestion.Processing.Vectors;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Contents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Index;

namespace RagApp.Ingestion.Processing;

/// <summary>
/// Publishes a version, or ends it as failed. Writes go index, audit record, manifest, then the old version's blobs are
/// removed. After a crash at any point, either the old or the new version is searchable, and the repeated job does the
/// rest, including an audit record that is missing.
/// </summary>
internal sealed class DocumentPublisher(
    IChunkIndexWriter index,
    IndexEntries entries,
    IIndexGenerations generations,
    IManifestStore documents,
    IContentStore contents,
    ManifestEditor manifests,
    DocumentRemoval removal,
    DocumentAudit audit,
    DocumentLocks locks,
    ILogger<DocumentPublisher> logger)
{
    /// <exception cref="ModelSwitchedException">The vectors belong to another model than the one the tenant's index uses now.</exception>
    public async Task PublishAsync(
        DocumentManifest manifest, DocumentContent content, ChunkVectors embedded, CancellationToken cancellationToken)
    {
        using var activity = Spans.Source.StartActivity(Spans.Stages.Index)?.SetTag(Spans.Tags.Passages, content.Passages.Count);
        DocumentManifest published;
        using (await locks.LockAsync(manifest.Id, cancellationToken))
        {
            var current = await RequireCurrentAsync(manifest, cancellationToken);
            await RequireModelAsync(manifest.Tenant, embedded.Vectors.Model, cancellationToken);
            var entry = await entries.CreateAsync(current, current.Latest, content, embedded.Vectors, cancellationToken);
            await index.ReplaceAsync(entry, cancellationToken);
            published = await FlipAsync(
                manifest,
                version => version with
                {
                    Status = DocumentStatus.Indexed,
                    Reason = null,
                    Done = content.Passages.Count,
                    Total = content.Passages.Count,
                    Reused = embedded.Reused,
                },
                searchable: true,
                after => audit.IndexedAsync(after with { Access = entry.Access }, cancellationToken),
                cancellationToken);
        }
        logger.DocumentIndexed(published.Tenant, published.Id, published.Latest.Number, content.Passages.Count, embedded.Reused);
        await removal.RemoveSupersededAsync(published, cancellationToken);
    }

    /// <summary>
    /// Publishes a version without text, so that the text of the old version is no longer found. A version from which
    /// other documents were extracted counts as indexed, because they are its content.
    /// </summary>
    public async Task PublishEmptyAsync(DocumentManifest manifest, int children, CancellationToken cancellationToken)
    {
        var status = children > 0 ? DocumentStatus.Indexed : DocumentStatus.Empty;
        DocumentManifest published;
        using (await locks.LockAsync(manifest.Id, cancellationToken))
        {
            await RequireCurrentAsync(manifest, cancellationToken);
            await index.RemoveAsync(manifest.Tenant, [manifest.Id], cancellationToken);
            published = await FlipAsync(
                manifest, version => version with { Status = status, Reason = null }, searchable: false,
                after => audit.EmptyAsync(after, cancellationToken), cancellationToken);
        }
        logger.DocumentEmpty(published.Tenant, published.Id, published.Latest.Number);
        await removal.RemoveSupersededAsync(published, cancellationToken);
    }

    /// <summary>
    /// Marks a version as failed, with the reason; an older version stays searchable. A version that was replaced meanwhile is
    /// left alone.
    /// </summary>
    public async Task FailAsync(VersionId version, string reason, string? contentType, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(version.Tenant, version.DocumentId, cancellationToken) is not { Manifest: var found })
            return;
        var failed = await manifests.ChangeAsync(
            found,
            current => !VersionGuard.IsCurrent(current, version) || current.Latest.Status.IsFinal()
                ? null
                : current with
                {
                    Latest = current.Latest with
                    {
                        Status = DocumentStatus.Failed,
                        Reason = reason,
                        ContentType = string.IsNullOrEmpty(contentType) ? current.Latest.ContentType : contentType,
                    },
                },
            (_, after) => audit.FailedAsync(after, cancellationToken),
            cancellationToken);
        if (failed is null)
            return;
        await RemoveFailedAsync(version, cancellationToken);
        logger.DocumentFailed(version.Tenant, version.DocumentId, version.Number, reason);
    }

    /// <summary>Removes the text of a failed version, unless its job was requeued meanwhile.</summary>
    private async Task RemoveFailedAsync(VersionId version, CancellationToken cancellationToken)
    {
        using var held = await locks.LockAsync(version.DocumentId, cancellationToken);
        if (await documents.FindAsync(version.Tenant, version.DocumentId, cancellationToken) is { Manifest: { Latest.Status: DocumentStatus.Failed } current }
            && VersionGuard.IsCurrent(current, version))
            await contents.DeleteAsync(version, cancellationToken);
    }

    private async Task<DocumentManifest> RequireCurrentAsync(DocumentManifest manifest, CancellationToken cancellationToken) =>
        await documents.FindAsync(manifest.Tenant, manifest.Id, cancellationToken) is { Manifest: var current }
        && VersionGuard.IsCurrent(current, manifest.LatestId)
            ? current
            : throw new StaleVersionException();

    private async Task RequireModelAsync(string tenant, string model, CancellationToken cancellationToken)
    {
        if (await generations.FindCurrentAsync(tenant, cancellationToken) is { } current && current.Model != model)
            throw new ModelSwitchedException();
    }

    private async Task<DocumentManifest> FlipAsync(
        DocumentManifest manifest, Func<DocumentVersion, DocumentVersion> finish, bool searchable, Func<DocumentManifest, Task> record,
        CancellationToken cancellationToken) =>
        await manifests.ChangeAsync(
            manifest,
            current =>
            {
                if (!VersionGuard.IsCurrent(current, manifest.LatestId))
                    return null;
                var latest = finish(current.Latest);
                return current with
                {
                    Latest = latest,
                    Searchable = searchable ? latest : null,
                    Superseded = Superseded(current),
                };
            },
            (_, after) => record(after),
            cancellationToken) ?? throw new StaleVersionException();

    private static List<DocumentVersion> Superseded(DocumentManifest current) =>
        current.Searchable is { } old && old.Number != current.Latest.Number
            ? [.. current.Superseded, old]
            : [.. current.Superseded];
}
