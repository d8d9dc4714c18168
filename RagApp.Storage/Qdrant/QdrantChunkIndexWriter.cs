using System.Runtime.CompilerServices;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Collections;
using RagApp.Storage.Qdrant.Generations;
using RagApp.Storage.Qdrant.Payloads;
using RagApp.Storage.Qdrant.Terms;
using RagApp.Storage.Qdrant.Writing;

namespace RagApp.Storage.Qdrant;

/// <summary>Writes the current generation of each tenant.</summary>
internal sealed class QdrantChunkIndexWriter(
    QdrantPoints points, IndexCollections collections, CurrentGenerations generations, GenerationWriter writer, TermCounting counting)
    : IChunkIndexWriter, IDisposable
{
    private readonly SemaphoreSlim _first = new(1, 1);

    public async Task ReplaceAsync(IndexedDocument document, CancellationToken cancellationToken)
    {
        DocumentPoints.Require(document);
        if (document.Chunks.Count == 0)
            await RemoveAsync(document.Tenant, [document.DocumentId], cancellationToken);
        else
            await writer.ReplaceAsync(await EnsureGenerationAsync(document, cancellationToken), document, cancellationToken);
    }

    public async Task ChangeAccessAsync(
        string tenant, IReadOnlyCollection<string> documentIds, IReadOnlyList<string> access, CancellationToken cancellationToken)
    {
        if (documentIds.Count == 0 || await generations.FindAsync(tenant, cancellationToken) is not { } generation)
            return;
        await points.SetPayloadAsync(
            collections.AliasOf(generation.Model, generation.Dimension), IndexFilter.ForWriter(tenant, generation.Id, documentIds), ChunkPayload.AccessOf(access), cancellationToken);
        await counting.ChangeAccessAsync(tenant, generation.Id, documentIds, access, cancellationToken);
    }

    public async Task RemoveAsync(string tenant, IReadOnlyCollection<string> documentIds, CancellationToken cancellationToken)
    {
        if (await generations.FindAsync(tenant, cancellationToken) is { } generation)
            await writer.RemoveAsync(tenant, generation, documentIds, cancellationToken);
    }

    public async IAsyncEnumerable<IndexedVersion> ScanAsync(
        string tenant, string? documentId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await generations.FindAsync(tenant, cancellationToken) is not { } generation)
            yield break;
        var filter = documentId is null
            ? IndexFilter.ForWriter(tenant, generation.Id)
            : IndexFilter.ForWriter(tenant, generation.Id, documentId);
        var collection = collections.AliasOf(generation.Model, generation.Dimension);
        await foreach (var version in ScannedChunk.ScanAsync(points, collection, filter, cancellationToken))
            yield return version;
    }

    public void Dispose() => _first.Dispose();

    /// <summary>
    /// Creates the first generation of a tenant, for the model of its first document. Its id is new, so that points of a lost
    /// index stay out of it.
    /// </summary>
    private async Task<IndexGeneration> EnsureGenerationAsync(IndexedDocument document, CancellationToken cancellationToken)
    {
        if (await generations.FindAsync(document.Tenant, cancellationToken) is { } current)
            return current;
        await _first.WaitAsync(cancellationToken);
        try
        {
            if (await generations.FindAsync(document.Tenant, cancellationToken) is { } already)
                return already;
            var generation = QdrantGenerations.New(document.Model, document.Chunks[0].Vector.Length);
            await collections.EnsureAsync(generation.Model, generation.Dimension, cancellationToken);
            await counting.BeginAsync(document.Tenant, generation.Id, cancellationToken);
            await generations.SetAsync(document.Tenant, generation, cancellationToken);
            return generation;
        }
        finally
        {
            _first.Release();
        }
    }
}
