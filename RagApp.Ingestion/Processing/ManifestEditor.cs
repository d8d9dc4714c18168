using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Processing;

/// <summary>Changes a manifest under optimistic concurrency: reads, decides, saves, and starts over when somebody was faster.</summary>
internal sealed class ManifestEditor(IDocumentStore store, TimeProvider time)
{
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
                var saved = await store.SaveAsync(changed with { UpdatedAt = time.GetUtcNow() }, stored.ETag, cancellationToken);
                return saved.Manifest;
            }
            catch (BlobConflictException)
            {
                // read again and decide again
            }
        }
    }
}
