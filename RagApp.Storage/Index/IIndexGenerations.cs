namespace RagApp.Storage.Index;

/// <summary>
/// Manages the generations of each tenant's index: finds the current one, and builds and switches to another one without a
/// gap in the answers. Only the process that writes the index builds.
/// </summary>
public interface IIndexGenerations
{
    /// <summary>The current generation, which answers searches; null when the tenant has no index yet, or has lost it.</summary>
    /// <exception cref="InvalidDataException">The record of the current generation is damaged.</exception>
    Task<IndexGeneration?> FindCurrentAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>Begins an empty generation beside the current one.</summary>
    Task<IIndexBuild> BuildAsync(string tenant, string model, int dimension, CancellationToken cancellationToken);

    /// <summary>
    /// Ids of left-over generations, which are neither current nor being built, as after a crash or a switch. The list may be
    /// empty while the current generation is unknown.
    /// </summary>
    Task<IReadOnlyList<string>> ListLeftAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>Removes a generation from <see cref="ListLeftAsync"/>; false when it is still in use and must be removed later.</summary>
    Task<bool> TryRemoveAsync(string tenant, string generation, CancellationToken cancellationToken);

    /// <summary>All tenants that have anything in the index, in no particular order.</summary>
    IAsyncEnumerable<string> ListTenantsAsync(CancellationToken cancellationToken);
}

/// <summary>A generation that is being built. Disposing it before <see cref="SwitchAsync"/> removes it, and the current generation stays.</summary>
public interface IIndexBuild : IAsyncDisposable
{
    /// <summary>Replaces the document in the new generation with this version; durable with the switch.</summary>
    Task ReplaceAsync(IndexedDocument document, CancellationToken cancellationToken);

    Task RemoveAsync(string documentId, CancellationToken cancellationToken);

    /// <summary>
    /// Makes the new generation the current one, atomically, and removes the old one. Durable when it returns. The caller
    /// ensures that nobody writes to the old generation meanwhile.
    /// </summary>
    Task SwitchAsync(CancellationToken cancellationToken);
}
