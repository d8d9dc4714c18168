using RagApp.Storage.Index;

namespace RagApp.Tests.Ingestion.Histories;

/// <summary>An index in memory, for one thread; each change is a separate step.</summary>
internal sealed class MemoryIndex : IChunkIndexWriter, IIndexGenerations
{
    private IndexGeneration? _generation;

    /// <summary>Documents that a search would find, by document id.</summary>
    public Dictionary<string, IndexedDocument> Documents { get; } = new(StringComparer.Ordinal);

    public async Task ReplaceAsync(IndexedDocument document, CancellationToken cancellationToken)
    {
        await Task.Yield();
        _generation ??= new IndexGeneration("1", document.Model, document.Chunks[0].Vector.Length);
        Documents[document.DocumentId] = document;
    }

    public async Task ChangeAccessAsync(string tenant, IReadOnlyCollection<string> documentIds, IReadOnlyList<string> access, CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (var id in documentIds.Where(Documents.ContainsKey))
            Documents[id] = Documents[id] with { Access = access };
    }

    public async Task RemoveAsync(string tenant, IReadOnlyCollection<string> documentIds, CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (var id in documentIds)
            Documents.Remove(id);
    }

    public IAsyncEnumerable<IndexedVersion> ScanAsync(string tenant, string? documentId, CancellationToken cancellationToken) => Documents.Values
        .Where(document => documentId is null || document.DocumentId == documentId)
        .OrderBy(document => document.DocumentId, StringComparer.Ordinal)
        .Select(document => new IndexedVersion(
            document.DocumentId, document.Incarnation, document.Version, document.Chunks.Count, IndexedVersion.FingerprintOf(document.Access), document.Model))
        .ToList().ToAsyncEnumerable();

    public Task<IndexGeneration?> FindCurrentAsync(string tenant, CancellationToken cancellationToken) => Task.FromResult(_generation);

    public Task<IIndexBuild> BuildAsync(string tenant, string model, int dimension, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<string>> ListLeftAsync(string tenant, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);

    public Task<bool> TryRemoveAsync(string tenant, string generation, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<string> ListTenantsAsync(CancellationToken cancellationToken) => Documents.Values.Select(document => document.Tenant).Distinct().ToAsyncEnumerable();
}
