using System.Net;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;
using RagApp.Storage.Documents.Contents;
using RagApp.Text;

namespace RagApp.Ingestion.Processing.Vectors;

/// <summary>Gets the vectors of a document's passages from the embedding service, in batches, with lower priority than people's questions.</summary>
internal sealed class ChunkEmbedder(EmbeddingClient client, IOptions<ProcessingOptions> options)
{
    /// <summary>Number of characters that fit every model; a text this short is not refused for its length.</summary>
    private const int ShortText = 64;

    /// <param name="principal">Principal of background work for the document's tenant, with the region that the text must stay in.</param>
    /// <param name="known">Vectors of the searchable version by text; those of the same model are reused.</param>
    /// <param name="progress">Called with the number of texts done.</param>
    public async Task<ChunkVectors> EmbedAsync(
        Principal principal, EmbeddingModel model, IReadOnlyList<string> texts, KnownVectors known, Func<int, Task> progress, CancellationToken cancellationToken)
    {
        var vectors = texts.Select(text => known.Find(model, text)).ToArray();
        var missing = Enumerable.Range(0, texts.Count).Where(at => vectors[at] is null).ToList();
        var done = texts.Count - missing.Count;
        foreach (var batch in missing.Chunk(options.Value.EmbeddingBatch))
        {
            var embedded = await EmbedBatchAsync(principal, model, [.. batch.Select(at => texts[at])], cancellationToken);
            foreach (var (at, vector) in batch.Zip(embedded))
                vectors[at] = vector;
            await progress(done += batch.Length);
        }
        return new ChunkVectors(
            new DocumentVectors(model.Id, model.Dimension, [.. vectors.Select(vector => vector!.Value)]), Reused: texts.Count - missing.Count);
    }

    /// <summary>
    /// Embeds a batch. Chunks of natural language are short enough for the model, but a page of serial numbers may not be. The service
    /// embeds it in windows; should it answer with 400 all the same, the texts are embedded one by one, and of the refused one only the
    /// first half.
    /// </summary>
    private async Task<IEnumerable<ReadOnlyMemory<float>>> EmbedBatchAsync(
        Principal principal, EmbeddingModel model, string[] texts, CancellationToken cancellationToken)
    {
        try
        {
            return await RequestAsync(principal, model, texts, cancellationToken);
        }
        catch (ApiException exception) when (exception.Status == HttpStatusCode.BadRequest && (texts.Length > 1 || texts[0].Length > ShortText))
        {
            var vectors = new List<ReadOnlyMemory<float>>(texts.Length);
            foreach (var text in texts)
            {
                var smaller = texts.Length > 1 ? text : Truncation.Head(text, text.Length / 2);
                vectors.AddRange(await EmbedBatchAsync(principal, model, [smaller], cancellationToken));
            }
            return vectors;
        }
    }

    private async Task<IEnumerable<ReadOnlyMemory<float>>> RequestAsync(
        Principal principal, EmbeddingModel model, string[] texts, CancellationToken cancellationToken)
    {
        var request = new EmbeddingsRequest(texts, model.Id, EmbeddingInputType.Passage, EmbeddingPriority.Bulk, Windows: true);
        var response = await client.EmbedAsync(principal, request, cancellationToken);
        if (response.Data.Count != texts.Length || response.Data.Any(data => data.Embedding.Length != model.Dimension))
            throw new InvalidOperationException($"The embedding service answered {texts.Length} texts with {response.Data.Count} vectors, or not of {model.Dimension} numbers.");
        return response.Data.OrderBy(data => data.Index).Select(data => (ReadOnlyMemory<float>)data.Embedding);
    }
}
