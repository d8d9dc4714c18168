namespace RagApp.Storage.Blobs;

/// <summary>
/// Named byte sequences, as S3 and a folder both have them. A key is made of segments of letters, digits and
/// <c>._-</c> joined by <c>/</c>. A blob is seen whole or not at all, and is durable when a write returns.
/// </summary>
public interface IBlobStore
{
    /// <summary>Writes a blob from a stream without holding it in memory; returns its new entity tag.</summary>
    /// <exception cref="BlobConflictException">The condition does not hold; nothing was written.</exception>
    Task<string> PutAsync(string key, Stream content, BlobCondition condition, CancellationToken cancellationToken);

    /// <summary>Opens a blob to be read, or null when there is none; the caller disposes it.</summary>
    Task<Stream?> ReadAsync(string key, CancellationToken cancellationToken);

    /// <summary>The same with the entity tag, for a change that depends on it. In a folder this reads the blob twice: it is for small ones.</summary>
    Task<Blob?> OpenAsync(string key, CancellationToken cancellationToken);

    /// <summary>When a blob was written last, without reading it; null when there is none.</summary>
    Task<DateTimeOffset?> FindWrittenAtAsync(string key, CancellationToken cancellationToken);

    /// <summary>Deletes a blob; one that is not there is fine.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken);

    /// <summary>Keys that begin with <paramref name="prefix"/> (whole segments), in ordinal order, after <paramref name="after"/>.</summary>
    IAsyncEnumerable<string> ListAsync(string prefix, string? after, CancellationToken cancellationToken);
}
