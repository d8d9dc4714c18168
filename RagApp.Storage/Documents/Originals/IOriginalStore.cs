using RagApp.Storage.Documents.Manifests;

namespace RagApp.Storage.Documents.Originals;

/// <summary>Stores uploaded files as they were uploaded.</summary>
public interface IOriginalStore
{
    /// <summary>Stores an original from a stream without holding it in memory.</summary>
    /// <exception cref="OriginalTooLargeException">The file is larger than <paramref name="maxBytes"/>; nothing is kept.</exception>
    Task<StoredOriginal> WriteAsync(string tenant, Stream content, long maxBytes, CancellationToken cancellationToken);

    Task<Stream?> OpenAsync(string tenant, string originalId, CancellationToken cancellationToken);

    /// <summary>
    /// Opens the original of a version, to be read from beginning to end. The last read throws
    /// <see cref="Blobs.CorruptBlobException"/> when the bytes are not those that were uploaded.
    /// </summary>
    Task<Stream?> OpenAsync(string tenant, DocumentVersion version, CancellationToken cancellationToken);

    Task DeleteAsync(string tenant, string originalId, CancellationToken cancellationToken);

    /// <summary>Ids of the originals written before a time, in ordinal order.</summary>
    IAsyncEnumerable<string> ListAsync(string tenant, DateTimeOffset before, CancellationToken cancellationToken);
}
