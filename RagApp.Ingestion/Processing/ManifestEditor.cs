using RagApp.Ingestion.Catalogue;
using RagApp.Storage.Announcements;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Processing;

/// <summary>
/// Changes a manifest under optimistic concurrency: reads, decides, saves, and starts over when somebody was faster.
/// Every manifest is saved here, so that every change is announced to those who follow the documents.
/// </summary>
internal sealed class ManifestEditor(IDocumentStore store, DocumentCatalogue catalogue, DocumentAnnouncements announcements, TimeProvider time)
{
    /// <summary>For changing thousands: they wait for the disk, or for another machine, and not for a processor.</summary>
    public static ParallelOptions ManyAtOnce(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken };

    public Task<DocumentManifest?> ChangeAsync(
        string tenant, string documentId, Func<DocumentManifest, DocumentManifest?> change, CancellationToken cancellationToken) =>
        ChangeAsync(tenant, documentId, change, (_, _) => Task.CompletedTask, cancellationToken);

    /// <summary>
    /// Applies <paramref name="change"/> to the newest state. Null, and nothing saved, when the document is gone
    /// or <paramref name="change"/> returns null because its premise no longer holds.
    /// <paramref name="record"/> gets the state before and the one to come, and must succeed before that is saved.
    /// </summary>
    public async Task<DocumentManifest?> ChangeAsync(
        string tenant,
        string documentId,
        Func<DocumentManifest, DocumentManifest?> change,
        Func<DocumentManifest, DocumentManifest, Task> record,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await store.FindAsync(tenant, documentId, cancellationToken) is not { } stored
                || change(stored.Manifest) is not { } changed)
                return null;
            await record(stored.Manifest, changed);
            try
            {
                return await SaveAsync(changed with { UpdatedAt = time.GetUtcNow() }, stored, cancellationToken);
            }
            catch (BlobConflictException)
            {
                // read again and decide again
            }
        }
    }

    /// <summary>Saves a manifest: a new one when <paramref name="before"/> is null, else over that state.</summary>
    /// <exception cref="BlobConflictException">Somebody else changed it; read again and decide again.</exception>
    public async Task<DocumentManifest> SaveAsync(DocumentManifest manifest, StoredManifest? before, CancellationToken cancellationToken)
    {
        var saved = await catalogue.SaveAsync(manifest, before?.ETag, cancellationToken);
        announcements.Announce(new DocumentAnnouncement(manifest.Tenant, manifest.Id, FormerReaders(before?.Manifest, manifest)));
        return saved.Manifest;
    }

    private static IReadOnlyList<string> FormerReaders(DocumentManifest? before, DocumentManifest after) =>
        before is { Deleted: false } && (after.Deleted || !before.Access.SequenceEqual(after.Access, StringComparer.Ordinal)) ? before.Access : [];
}
