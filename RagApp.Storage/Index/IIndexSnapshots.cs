namespace RagApp.Storage.Index;

/// <summary>Copies of the whole index, all tenants, from which it comes back without reading every document.</summary>
public interface IIndexSnapshots
{
    /// <summary>Writes the index as of now into an empty folder, while it is searched and written, with a checksum per file.</summary>
    Task CreateAsync(string folder, CancellationToken cancellationToken);

    /// <summary>
    /// Puts the snapshot in the place of the index. What was written after it was made is missing until a sweep has
    /// compared index and store.
    /// </summary>
    /// <exception cref="InvalidDataException">A file of the snapshot is missing or damaged; the index is as it was.</exception>
    Task RestoreAsync(string folder, CancellationToken cancellationToken);
}
