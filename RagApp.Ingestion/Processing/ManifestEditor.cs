using RagApp.Contracts.Identity;
using RagApp.Ingestion.Catalogue;
using RagApp.Storage.Announcements;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Processing;

/// <summary>
/// Changes a manifest under optimistic concurrency: reads, decides, saves, and starts over when somebody was faster. A
/// change is made to the document that it was decided for, never to a later one at the same path.
/// Every manifest is saved here, so that every change is announced to those who follow the documents.
/// </summary>
internal sealed class ManifestEditor(
    IDocumentStore store, DocumentCatalogue catalogue, InheritedAccess inherited, DocumentAnnouncements announcements, TimeProvider time)
{
    /// <summary>For changing thousands: they wait for the disk, or for another machine, and not for a processor.</summary>
    public static ParallelOptions ManyAtOnce(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken, TaskScheduler = TaskScheduler.Current };

    public Task<DocumentManifest?> ChangeAsync(
        DocumentManifest document, Func<DocumentManifest, DocumentManifest?> change, CancellationToken cancellationToken) =>
        ChangeAsync(document, change, (_, _) => Task.CompletedTask, cancellationToken);

    /// <summary>
    /// Applies <paramref name="change"/> to the newest state. Null, and nothing saved, when the document is gone
    /// or <paramref name="change"/> returns null because its premise no longer holds.
    /// <paramref name="record"/> gets the state before and the one to come, and must succeed before that is saved.
    /// </summary>
    /// <param name="document">Any state of the document that the change was decided for: its owner and its origin never change.</param>
    public async Task<DocumentManifest?> ChangeAsync(
        DocumentManifest document,
        Func<DocumentManifest, DocumentManifest?> change,
        Func<DocumentManifest, DocumentManifest, Task> record,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await store.FindAsync(document.Tenant, document.Id, cancellationToken) is not { } stored
                || !stored.Manifest.IsSameLife(document)
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
        RequireSameDocument(before?.Manifest, manifest);
        var formerReaders = await FormerReadersAsync(before?.Manifest, manifest, cancellationToken);
        var saved = await catalogue.SaveAsync(manifest, before?.ETag, cancellationToken);
        announcements.Announce(new DocumentAnnouncement(manifest.Tenant, manifest.Id, formerReaders));
        return saved.Manifest;
    }

    /// <summary>Announces documents whose access list is that of their upload, which has changed.</summary>
    public void Announce(IEnumerable<DocumentManifest> inside, IReadOnlyList<string> formerReaders)
    {
        foreach (var document in inside)
            announcements.Announce(new DocumentAnnouncement(document.Tenant, document.Id, formerReaders));
    }

    private static void RequireSameDocument(DocumentManifest? before, DocumentManifest after)
    {
        if (before is null || (before.IsSameLife(after) && before.IsOfUploadOf(after) && before.UploadedBy == after.UploadedBy))
            return;
        throw new InvalidOperationException($"Document {after.Id} must not be saved over another document, or under another owner or upload.");
    }

    private async Task<IReadOnlyList<string>> FormerReadersAsync(DocumentManifest? before, DocumentManifest after, CancellationToken cancellationToken) =>
        before is { Deleted: false } && (after.Deleted || !before.Access.SequenceEqual(after.Access, StringComparer.Ordinal))
            ? [.. await inherited.FormerAsync(before, cancellationToken), AccessEntry.User(before.UploadedBy)] // an uploader saw it without being on the list
            : [];
}
