namespace RagApp.Storage.Index;

/// <summary>Writes the chunk index. One process writes a tenant's index at a time.</summary>
public interface IChunkIndexWriter
{
    /// <summary>
    /// Puts this version's chunks in the place of all earlier ones of the document, in one step: a search sees
    /// the old version or the new one, never both and never neither. Durable when it returns.
    /// </summary>
    Task ReplaceAsync(IndexedDocument document, CancellationToken cancellationToken);

    /// <summary>
    /// Gives the chunks of these documents another access list and leaves text and vectors as they are; a document
    /// without chunks is passed over. Durable when it returns.
    /// </summary>
    Task ChangeAccessAsync(string tenant, IReadOnlyCollection<string> documentIds, IReadOnlyList<string> access, CancellationToken cancellationToken);

    /// <summary>Removes every chunk of these documents. Durable when it returns; removing what is not there is fine.</summary>
    Task RemoveAsync(string tenant, IReadOnlyCollection<string> documentIds, CancellationToken cancellationToken);

    /// <summary>
    /// What the tenant's index holds as of now, by document id in ordinal order; of one document only, when it is
    /// named. A version whose chunks differ in access list or model comes once for each.
    /// </summary>
    IAsyncEnumerable<IndexedVersion> ScanAsync(string tenant, string? documentId, CancellationToken cancellationToken);
}
