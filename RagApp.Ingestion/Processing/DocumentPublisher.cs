using RagApp.Contracts.Documents;
using RagApp.Ingestion.Audit;
using RagApp.Storage.Documents;
using RagApp.Storage.Index;

namespace RagApp.Ingestion.Processing;

/// <summary>
/// The last step of a version. Order matters: index, then manifest, then the old version's blobs; a crash after
/// any of them leaves the old version answering or the new one, and the repeated job finishes the rest. The audit
/// record stands between index and manifest: a job repeated after a crash writes it when it is not there yet.
/// </summary>
internal sealed class DocumentPublisher(
    IChunkIndexWriter index,
    IndexEntries entries,
    IIndexGenerations generations,
    IDocumentStore store,
    ManifestEditor manifests,
    DocumentRemoval removal,
    DocumentAudit audit,
    DocumentLocks locks,
    ILogger<DocumentPublisher> logger)
{
    /// <exception cref="ModelSwitchedException">The vectors are of a model that the tenant's index is not made of any more.</exception>
    public async Task PublishAsync(
        DocumentManifest manifest, DocumentContent content, EmbeddedTexts embedded, CancellationToken cancellationToken)
    {
        using var activity = Spans.Start(Spans.Stages.Index)?.SetTag(Spans.Tags.Passages, content.Passages.Count);
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
    /// The new version holds no text: what the old one said is not in the document any more. One that other documents came
    /// out of is indexed all the same, since they are what it says.
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

    /// <summary>The version stays as it is, with the reason; an older one goes on answering. A version that is not wanted any more is left alone.</summary>
    public async Task FailAsync(VersionId version, string reason, string? contentType, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(version.Tenant, version.DocumentId, cancellationToken) is not { Manifest: var found })
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

    /// <summary>Somebody may have had it worked on again in this moment: then its text is wanted.</summary>
    private async Task RemoveFailedAsync(VersionId version, CancellationToken cancellationToken)
    {
        using var held = await locks.LockAsync(version.DocumentId, cancellationToken);
        if (await store.FindAsync(version.Tenant, version.DocumentId, cancellationToken) is { Manifest: { Latest.Status: DocumentStatus.Failed } current }
            && VersionGuard.IsCurrent(current, version))
            await store.DeleteVersionAsync(version, cancellationToken);
    }

    private async Task<DocumentManifest> RequireCurrentAsync(DocumentManifest manifest, CancellationToken cancellationToken) =>
        await store.FindAsync(manifest.Tenant, manifest.Id, cancellationToken) is { Manifest: var current }
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
