using RagApp.Ingestion.Documents;
using RagApp.Contracts.Identity;
using RagApp.Storage.Announcements;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents.Manifests;

namespace RagApp.Ingestion.Catalogue;

/// <summary>
/// Changes a manifest under optimistic concurrency: reads, decides, saves, and starts over after a conflict. A change
/// is applied only to the document it was decided for, never to a later document at the same path. Every manifest is
/// saved here, so that every change is announced to the followers of document feeds.
/// </summary>
internal sealed class ManifestEditor(
    IManifestStore documents, DocumentCatalogue catalogue, InheritedAccess inherited, DocumentAnnouncements announcements, TimeProvider time)
{
    /// <summary>
    /// Parallelism for changing thousands of manifests: 16 at once, because the work waits for the disk or the network and not
    /// for the processor.
    /// </summary>
    public static ParallelOptions ManyAtOnce(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken, TaskScheduler = TaskScheduler.Current };

    public Task<DocumentManifest?> ChangeAsync(
        DocumentManifest document, Func<DocumentManifest, DocumentManifest?> change, CancellationToken cancellationToken) =>
        ChangeAsync(document, change, (_, _) => Task.CompletedTask, cancellationToken);

    /// <summary>
    /// Applies <paramref name="change"/> to the newest state. Returns null and saves nothing when the document is gone,
    /// or when <paramref name="change"/> returns null because its precondition no longer holds. <paramref
    /// name="record"/> gets the state before and after the change, and must succeed before the change is saved.
    /// </summary>
    /// <param name="document">Any state of the document that the change was decided for. Only its identity is used.</param>
    public async Task<DocumentManifest?> ChangeAsync(
        DocumentManifest document,
        Func<DocumentManifest, DocumentManifest?> change,
        Func<DocumentManifest, DocumentManifest, Task> record,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await documents.FindAsync(document.Tenant, document.Id, cancellationToken) is not { } stored
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

    /// <summary>Saves a manifest: as a new one when <paramref name="before"/> is null, otherwise in the place of that state.</summary>
    /// <exception cref="BlobConflictException">Another writer changed the manifest: read it again and decide again.</exception>
    public async Task<DocumentManifest> SaveAsync(DocumentManifest manifest, StoredManifest? before, CancellationToken cancellationToken)
    {
        RequireSameDocument(before?.Manifest, manifest);
        var formerReaders = await FormerReadersAsync(before?.Manifest, manifest, cancellationToken);
        var saved = await catalogue.SaveAsync(manifest, before?.ETag, cancellationToken);
        announcements.Announce(new DocumentAnnouncement(manifest.Tenant, manifest.Id, formerReaders));
        return saved.Manifest;
    }

    /// <summary>Announces child documents after the access list of their upload has changed.</summary>
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
            // the uploader saw the document without being on the list
            ? [.. await inherited.FormerAsync(before, cancellationToken), AccessEntry.User(before.UploadedBy)]
            : [];
}
