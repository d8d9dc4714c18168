using System.Net;
using RagApp.Contracts.Documents;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;
using RagApp.Contracts.Search;
using RagApp.Ingestion.Audit;
using RagApp.Ingestion.Catalogue;
using RagApp.Ingestion.Processing.Jobs;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Documents.Originals;
using RagApp.Storage.Queue;

namespace RagApp.Ingestion.Intake;

/// <summary>
/// Accepts a document: as a new one, as a new version, or without any change when the bytes are the same. Writes the
/// original, the audit record, the manifest and the queue entry, in this order; the recovery heals a crash before the
/// last.
/// </summary>
internal sealed class DocumentIntake(
    IManifestStore documents, IOriginalStore originals, ManifestEditor manifests, IngestionJobs jobs, RecoverySignal recovery, DocumentAudit audit, TimeProvider time, ILogger<DocumentIntake> logger)
{
    private const string UnknownType = "application/octet-stream";

    /// <summary>
    /// Accepts an upload whose original is already stored. The original of an upload that is refused or unchanged is
    /// removed again. After an outage the original stays for the sweep to decide, since the manifest that names it may
    /// have been saved.
    /// </summary>
    public async Task<DocumentManifest> AcceptAsync(Principal principal, Upload upload, CancellationToken cancellationToken)
    {
        var (manifest, changed) = await SaveOrRefuseAsync(principal, upload, cancellationToken);
        if (!changed)
        {
            await DiscardAsync(principal, upload);
            return manifest;
        }
        logger.UploadAccepted(manifest.Tenant, manifest.Id, manifest.Latest.Number, upload.Original.Size);
        await QueueAsync(manifest);
        return manifest;
    }

    private async Task<(DocumentManifest Manifest, bool Changed)> SaveOrRefuseAsync(Principal principal, Upload upload, CancellationToken cancellationToken)
    {
        try
        {
            return await SaveAsync(principal, upload, cancellationToken);
        }
        catch (Exception exception) when (exception is ProblemException or StorageFullException or CorruptBlobException)
        {
            await DiscardAsync(principal, upload);
            throw;
        }
    }

    private Task DiscardAsync(Principal principal, Upload upload) =>
        originals.DeleteAsync(principal.Tenant, upload.Original.Id, CancellationToken.None);

    /// <summary>
    /// Queues the job of an accepted document, even when the sender disconnects. When the queue does not answer, the recovery adds
    /// the job later.
    /// </summary>
    private async Task QueueAsync(DocumentManifest manifest)
    {
        try
        {
            await jobs.AddAsync(manifest, CancellationToken.None);
        }
        catch (QueueUnavailableException exception)
        {
            logger.NotQueued(manifest.Tenant, manifest.Id, exception);
            recovery.Ask();
        }
    }

    private async Task<(DocumentManifest Manifest, bool Changed)> SaveAsync(Principal principal, Upload upload, CancellationToken cancellationToken)
    {
        var id = DocumentIds.For(principal.Tenant, upload.Path);
        while (true)
        {
            var stored = await documents.FindAsync(principal.Tenant, id, cancellationToken);
            if (upload.Premise?.Invoke(stored?.Manifest) == false)
                throw new ProblemException(HttpStatusCode.Conflict, "Another document was stored at this path in the meantime.");
            if (stored is not null)
                await RequireAllowedAsync(principal, upload, stored.Manifest, cancellationToken);
            if (stored is not null && IsSameContent(stored.Manifest, upload.Original))
                return (stored.Manifest, false);
            var next = stored is null ? First(principal, upload, id) : stored.Manifest.Followed(Version(principal, upload, stored.Manifest.Latest.Number + 1), time.GetUtcNow());
            await audit.UploadedAsync(principal, next, cancellationToken);
            try
            {
                return (await manifests.SaveAsync(next, stored, cancellationToken), true);
            }
            catch (BlobConflictException)
            {
                // concurrent uploads: read again and decide again
            }
        }
    }

    private async Task RequireAllowedAsync(Principal principal, Upload upload, DocumentManifest existing, CancellationToken cancellationToken)
    {
        if (!string.Equals(existing.UploadedBy, principal.Subject, StringComparison.Ordinal))
            throw new ProblemException(HttpStatusCode.Forbidden, "Somebody else's document has this path, and only they can replace it. Choose another path.");
        if (existing.Origin is not null)
            throw await ChildRefusal.RefuseAsync(documents, existing, "Upload a new version of that", cancellationToken);
        if (existing.Deleted)
            throw new ProblemException(HttpStatusCode.Conflict, "The document of this path is just being deleted. Upload it again in a moment.");
        if (upload.Access.Count > 0 && !upload.Access.ToHashSet(StringComparer.Ordinal).SetEquals(existing.Access))
            throw new ProblemException(HttpStatusCode.Conflict, "An upload does not change who may read a document. Send the same access list or none; to change it, use PUT /v1/documents/{id}/access.");
        if (upload.Tags.Count > 0 && !upload.Tags.SequenceEqual(existing.Tags, StringComparer.Ordinal))
            throw new ProblemException(HttpStatusCode.Conflict, "An upload does not change the tags of a document. Send the same tags or none; to change them, use PUT /v1/documents/{id}/tags.");
        if (upload.Source is { } source && source != existing.Source)
            throw new ProblemException(HttpStatusCode.Conflict, $"The document of this path came from '{existing.Source}', and that stays so. Send that source or none, or choose another path.");
    }

    /// <summary>True when the bytes are those of the newest version that did not fail. The bytes of a failed version may be uploaded again.</summary>
    private static bool IsSameContent(DocumentManifest existing, StoredOriginal original)
    {
        var latest = existing.Latest.Status == DocumentStatus.Failed ? existing.Searchable : existing.Latest;
        return string.Equals(latest?.Sha256, original.Sha256, StringComparison.Ordinal);
    }

    private DocumentManifest First(Principal principal, Upload upload, string id)
    {
        var now = time.GetUtcNow();
        IReadOnlyList<string> access = upload.Access.Count > 0 ? upload.Access : [AccessEntry.User(principal.Subject)];
        return new DocumentManifest(
            principal.Tenant, id, upload.Path, access, principal.Subject, now, now, Version(principal, upload, number: 1), Searchable: null)
        {
            Incarnation = DocumentIds.NewIncarnation(),
            Source = upload.Source ?? DocumentProperties.Upload,
            Tags = upload.Tags,
        };
    }

    private DocumentVersion Version(Principal principal, Upload upload, int number) => new(
        number, upload.Original.Id, upload.Original.Sha256, upload.Original.Size, UnknownType, DocumentPath.FileName(upload.Path),
        DocumentStatus.Queued, Reason: null, Warnings: [], Done: 0, Total: 0, time.GetUtcNow())
    {
        Priority = upload.Priority,
        Region = principal.Region,
    };
}
