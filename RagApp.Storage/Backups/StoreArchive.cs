using System.IO.Compression;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Encryption;

namespace RagApp.Storage.Backups;

/// <summary>
/// Copies what the document store has of a tenant into a ZIP file, and back: manifests, trees, control records and journals,
/// and on demand originals, texts and vectors.
/// </summary>
public sealed class StoreArchive(IBlobStore blobs)
{
    /// <returns>Number of entries.</returns>
    public async Task<int> WriteAsync(string tenant, Stream target, bool documents, Action<int> progress, CancellationToken cancellationToken)
    {
        await using var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        var count = 0;
        await foreach (var key in blobs.ListAsync(DocumentKeys.Tenant(tenant), after: null, cancellationToken))
        {
            if ((!documents && IsContent(key)) || TenantKeys.IsRecord(key))
                continue; // the archive has the blobs in clear, encrypted as a whole
            await using var blob = await blobs.ReadAsync(key, cancellationToken);
            if (blob is null)
                continue; // deleted meanwhile
            await using var entry = await zip.CreateEntry(key, CompressionLevel.Fastest).OpenAsync(cancellationToken);
            await blob.CopyToAsync(entry, cancellationToken);
            progress(++count);
        }
        return count;
    }

    /// <summary>
    /// Writes the tenant's entries into the store, manifests last. A blob that the store has is never replaced. Does nothing
    /// for a tenant that has documents: entries of documents that were deleted since the backup would come back.
    /// </summary>
    /// <returns>Number of written entries; null when the tenant has documents.</returns>
    public async Task<int?> PutBackAsync(string tenant, Stream archive, CancellationToken cancellationToken)
    {
        if (await HasDocumentsAsync(tenant, cancellationToken))
            return null;
        using var zip = new ZipArchive(archive, ZipArchiveMode.Read);
        var written = 0;
        foreach (var entry in zip.Entries.Where(entry => entry.FullName.StartsWith($"{DocumentKeys.Tenant(tenant)}/", StringComparison.Ordinal)).OrderBy(entry => DocumentKeys.ManifestIn(entry.FullName) is not null))
        {
            await using var content = await entry.OpenAsync(cancellationToken);
            try
            {
                await blobs.PutAsync(entry.FullName, content, BlobCondition.IfNew, cancellationToken);
                written++;
            }
            catch (BlobConflictException)
            {
                // the store has it
            }
        }
        return written;
    }

    /// <summary>True when the document store has a document of the tenant.</summary>
    public async Task<bool> HasDocumentsAsync(string tenant, CancellationToken cancellationToken) =>
        await blobs.ListAsync(DocumentKeys.Documents(tenant), after: null, cancellationToken).AnyAsync(key => DocumentKeys.ManifestIn(key) is not null, cancellationToken);

    /// <summary>True when the manifest in the store is, byte for byte, the one in the archive.</summary>
    public async Task<bool> IsUnchangedAsync(ArchivedManifests archive, string documentId, CancellationToken cancellationToken)
    {
        await using var stored = await blobs.ReadAsync(DocumentKeys.ManifestOf(archive.Tenant, documentId), cancellationToken);
        if (stored is null || await archive.ReadBytesAsync(documentId, cancellationToken) is not { } archived)
            return false;
        using var bytes = new MemoryStream();
        await stored.CopyToAsync(bytes, cancellationToken);
        return bytes.GetBuffer().AsSpan(0, (int)bytes.Length).SequenceEqual(archived);
    }

    /// <summary>True for originals, texts and vectors: what is large, and never changes once it is written.</summary>
    private static bool IsContent(string key) => key.Split('/') switch
    {
        [_, _, "originals", ..] => true,
        [_, _, "documents", _, var version, _] => DocumentKeys.VersionIn("", "", version) is not null,
        _ => false,
    };
}

/// <summary>The manifests in a tenant's archive.</summary>
public sealed class ArchivedManifests(string tenant, Stream archive) : IDisposable
{
    private readonly ZipArchive _zip = new(archive, ZipArchiveMode.Read);

    public string Tenant { get; } = tenant;

    public bool IsEmpty => _zip.Entries.All(entry => DocumentKeys.ManifestIn(entry.FullName) is null);

    /// <summary>The archived documents in the order of their ids, without their versions' contents.</summary>
    public async IAsyncEnumerable<StoredDocument> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var id in _zip.Entries.Select(entry => DocumentKeys.ManifestIn(entry.FullName)?.DocumentId).OfType<string>().Order(StringComparer.Ordinal))
        {
            var (manifest, damage) = await ParseAsync(id, cancellationToken);
            yield return new StoredDocument(id, manifest, damage, []);
        }
    }

    /// <summary>The archived manifest; null when there is none, or when it is damaged.</summary>
    public async Task<DocumentManifest?> FindAsync(string documentId, CancellationToken cancellationToken) => (await ParseAsync(documentId, cancellationToken)).Manifest;

    public void Dispose() => _zip.Dispose();

    internal async Task<byte[]?> ReadBytesAsync(string documentId, CancellationToken cancellationToken)
    {
        if (_zip.GetEntry(DocumentKeys.ManifestOf(Tenant, documentId)) is not { } entry)
            return null;
        using var bytes = new MemoryStream();
        await using var content = await entry.OpenAsync(cancellationToken);
        await content.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }

    private async Task<(DocumentManifest? Manifest, string? Damage)> ParseAsync(string documentId, CancellationToken cancellationToken)
    {
        if (await ReadBytesAsync(documentId, cancellationToken) is not { } bytes)
            return (null, null);
        try
        {
            using var stream = new MemoryStream(bytes);
            return (await SealedJson.ReadAsync(documentId, stream, DocumentsJson.Plain.DocumentManifest, cancellationToken), null);
        }
        catch (CorruptBlobException exception)
        {
            return (null, exception.Message);
        }
    }
}
