namespace RagApp.Storage.Blobs;

/// <summary>
/// Stores named byte sequences, in S3 or in a folder. A key consists of segments of letters, digits and <c>._-</c>, joined
/// by <c>/</c>. Readers see a blob whole or not at all, and a write is durable when it returns.
/// </summary>
public interface IBlobStore
{
    /// <summary>Writes a blob from a stream without holding it in memory; returns the new entity tag.</summary>
    /// <exception cref="BlobConflictException">The condition does not hold; nothing was written.</exception>
    Task<string> PutAsync(string key, Stream content, BlobCondition condition, CancellationToken cancellationToken);

    /// <summary>Opens a blob for reading; null when it does not exist. The caller disposes the stream.</summary>
    Task<Stream?> ReadAsync(string key, CancellationToken cancellationToken);

    /// <summary>
    /// Opens a blob with its entity tag, for a conditional change. The folder store reads the blob twice for that: use it for
    /// small blobs.
    /// </summary>
    Task<Blob?> OpenAsync(string key, CancellationToken cancellationToken);

    /// <summary>Time of the last write of a blob, without reading its content; null when it does not exist.</summary>
    Task<DateTimeOffset?> FindWrittenAtAsync(string key, CancellationToken cancellationToken);

    /// <summary>Deletes a blob; does nothing when it does not exist.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken);

    /// <summary>
    /// All keys below <paramref name="prefix"/>, which is empty or has whole segments, after the key <paramref name="after"/>,
    /// in ordinal order.
    /// </summary>
    IAsyncEnumerable<string> ListAsync(string prefix, string? after, CancellationToken cancellationToken);
}
