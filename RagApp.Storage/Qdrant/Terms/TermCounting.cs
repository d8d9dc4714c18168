using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;
using RagApp.Storage.Qdrant.Collections;
using RagApp.Storage.Qdrant.Payloads;
using StackExchange.Redis;

namespace RagApp.Storage.Qdrant.Terms;

/// <summary>
/// Updates the term statistics after changes of the index. A failure to count never fails a write: the document is counted
/// again later from the index, as all documents are when the statistics were lost.
/// </summary>
internal sealed class TermCounting(
    QdrantPoints points, IndexCollections collections, CurrentGenerations generations, TermStatistics statistics, ILogger<TermCounting> logger)
{
    private readonly ConcurrentDictionary<(string Tenant, string Generation, string DocumentId), bool> _behind = [];

    /// <summary>Begins the statistics of an empty generation, in which every document is counted from the start.</summary>
    public Task BeginAsync(string tenant, string generation, CancellationToken cancellationToken) =>
        TryAsync(() => statistics.MarkWholeAsync(tenant, generation, cancellationToken));

    /// <summary>Counts a document that was written, or with null terms one that was removed.</summary>
    public async Task CountAsync(
        string tenant, string generation, string documentId, DocumentTerms? terms, IReadOnlyCollection<string> words, CancellationToken cancellationToken)
    {
        if (!await TryAsync(() => PutAsync(tenant, generation, documentId, terms, words, cancellationToken)))
            _behind[(tenant, generation, documentId)] = true;
    }

    /// <summary>Moves the counts of documents to another access list.</summary>
    public async Task ChangeAccessAsync(
        string tenant, string generation, IEnumerable<string> documentIds, IReadOnlyList<string> access, CancellationToken cancellationToken)
    {
        foreach (var id in documentIds)
        {
            var counted = false;
            await TryAsync(async () => counted = await statistics.ChangeAccessAsync(tenant, generation, id, access, cancellationToken));
            if (!counted)
                _behind[(tenant, generation, id)] = true;
        }
    }

    /// <summary>Removes the statistics of a removed generation.</summary>
    public Task ForgetAsync(string tenant, string generation, CancellationToken cancellationToken) =>
        TryAsync(() => statistics.ForgetAsync(tenant, generation, cancellationToken));

    /// <summary>Counts the documents that could not be counted, and all documents of current generations whose statistics were lost.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        var current = await generations.ListAsync(cancellationToken);
        foreach (var (tenant, generation) in current)
        {
            if (!await statistics.IsWholeAsync(tenant, generation.Id, cancellationToken))
                await RebuildAsync(tenant, generation, cancellationToken);
        }
        foreach (var late in _behind.Keys)
        {
            _behind.TryRemove(late, out _);
            if (current.FirstOrDefault(found => found.Tenant == late.Tenant && found.Generation.Id == late.Generation).Generation is { } generation)
                await RecountAsync(late.Tenant, generation, late.DocumentId, cancellationToken);
        }
    }

    /// <summary>Counts all documents of a generation, except those that a write has already counted meanwhile.</summary>
    private async Task RebuildAsync(string tenant, IndexGeneration generation, CancellationToken cancellationToken)
    {
        var documents = 0;
        await foreach (var (id, terms, words) in ReadAsync(IndexFilter.ForWriter(tenant, generation.Id), generation, cancellationToken))
        {
            if (!await statistics.HasShareAsync(tenant, generation.Id, id, cancellationToken))
                await PutAsync(tenant, generation.Id, id, terms, words, cancellationToken);
            documents++;
        }
        await statistics.MarkWholeAsync(tenant, generation.Id, cancellationToken);
        logger.StatisticsRebuilt(tenant, documents);
    }

    private async Task RecountAsync(string tenant, IndexGeneration generation, string documentId, CancellationToken cancellationToken)
    {
        var (_, terms, words) = await ReadAsync(IndexFilter.ForWriter(tenant, generation.Id, documentId), generation, cancellationToken)
            .FirstOrDefaultAsync(cancellationToken);
        await CountAsync(tenant, generation.Id, documentId, terms, words ?? [], cancellationToken);
    }

    private async IAsyncEnumerable<(string Id, DocumentTerms Terms, HashSet<string> Words)> ReadAsync(
        QdrantFilter filter, IndexGeneration generation, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chunks = points.ScrollAsync(
                collections.AliasOf(generation.Model, generation.Dimension), filter.And(QdrantCondition.Is(QdrantFields.Live, true)), CountedChunk.Fields, cancellationToken)
            .Select(CountedChunk.Read);
        await foreach (var document in PointIds.GroupInOrderAsync(chunks, chunk => chunk.Document, cancellationToken))
        {
            yield return (
                document[0].Document,
                DocumentTerms.Of(document[0].Language, document[0].Access, [.. document.Select(chunk => chunk.Keywords)]),
                [.. document.SelectMany(chunk => WrittenWords.Of($"{chunk.Title}\n{chunk.Section}\n{chunk.Text}"))]);
        }
    }

    private async Task PutAsync(
        string tenant, string generation, string documentId, DocumentTerms? terms, IReadOnlyCollection<string> words, CancellationToken cancellationToken)
    {
        await statistics.ReplaceAsync(tenant, generation, documentId, terms, cancellationToken);
        await statistics.AddWordsAsync(tenant, generation, words, cancellationToken);
    }

    private async Task<bool> TryAsync(Func<Task> change)
    {
        try
        {
            await change();
            return true;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            logger.NotCounted(exception);
            return false;
        }
    }
}
