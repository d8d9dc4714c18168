namespace RagApp.Storage.Index;

/// <summary>
/// The builds of each tenant's index: which one answers, and another one in its place without a gap (a folder and a
/// record that is replaced in one step; a collection and an alias). The process that writes the index builds.
/// </summary>
public interface IIndexGenerations
{
    /// <summary>The generation that answers; null when the tenant has no index yet, or has lost it.</summary>
    /// <exception cref="InvalidDataException">What says so is damaged.</exception>
    Task<IndexGeneration?> FindCurrentAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>Begins a new generation, beside the one that answers and empty.</summary>
    Task<IIndexBuild> BuildAsync(string tenant, string model, int dimension, CancellationToken cancellationToken);

    /// <summary>
    /// Generations that neither answer nor are being built: what a crash or a switch left, by id. Which of them answers may
    /// be unknown while none is seen to: then there may be none here.
    /// </summary>
    Task<IReadOnlyList<string>> ListLeftAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>Removes one that <see cref="ListLeftAsync"/> named; false when it is still in use and has to wait.</summary>
    Task<bool> TryRemoveAsync(string tenant, string generation, CancellationToken cancellationToken);

    /// <summary>Tenants that have anything in the index, in no order.</summary>
    IAsyncEnumerable<string> ListTenantsAsync(CancellationToken cancellationToken);
}

/// <summary>A generation on its way. Disposed before <see cref="SwitchAsync"/>, it is gone and the old one goes on.</summary>
public interface IIndexBuild : IAsyncDisposable
{
    /// <summary>Puts this version in the place of what the build has of the document; durable with the switch.</summary>
    Task ReplaceAsync(IndexedDocument document, CancellationToken cancellationToken);

    Task RemoveAsync(string documentId, CancellationToken cancellationToken);

    /// <summary>
    /// Makes the build the generation that answers, in one step, and removes the old one. Durable when it returns.
    /// The caller sees to it that nobody writes to the old one meanwhile.
    /// </summary>
    Task SwitchAsync(CancellationToken cancellationToken);
}
