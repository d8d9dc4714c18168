namespace RagApp.Storage.Index;

/// <summary>Writes the chunk index. Only one process at a time writes a tenant's index.</summary>
public interface IChunkIndexWriter
{
    /// <summary>
    /// Replaces all indexed chunks of the document with those of this version, atomically: a search sees the old version or
    /// the new one, never both and never neither. Durable when it returns.
    /// </summary>
    Task ReplaceAsync(IndexedDocument document, CancellationToken cancellationToken);

    /// <summary>
    /// Changes the access list of these documents' chunks; text and vectors stay. Documents without chunks are skipped.
    /// Durable when it returns.
    /// </summary>
    Task ChangeAccessAsync(string tenant, IReadOnlyCollection<string> documentIds, IReadOnlyList<string> access, CancellationToken cancellationToken);

    /// <summary>Removes all chunks of these documents; documents that are not indexed are ignored. Durable when it returns.</summary>
    Task RemoveAsync(string tenant, IReadOnlyCollection<string> documentIds, CancellationToken cancellationToken);

    /// <summary>
    /// Lists the indexed versions of a tenant, or of one document, by document id in ordinal order. A version whose chunks
    /// differ in access list or model is listed once for each combination.
    /// </summary>
    IAsyncEnumerable<IndexedVersion> ScanAsync(string tenant, string? documentId, CancellationToken cancellationToken);
}
