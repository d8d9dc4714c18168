using System.Net;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Http;
using RagApp.Contracts.Identity;
using RagApp.Storage.Documents;

namespace RagApp.Ingestion.Processing;

/// <summary>Gets the vectors of a document's passages from the embedding service, in batches, behind people's questions.</summary>
internal sealed class ChunkEmbedder(EmbeddingClient client, IOptions<ProcessingOptions> options)
{
    /// <summary>A text this short fits every model; if it is refused, its length is not why.</summary>
    private const int ShortText = 64;

    /// <param name="known">Vectors that an earlier version has for its texts; those of the same model are taken over.</param>
    /// <param name="progress">Called with the number of texts done.</param>
    public async Task<EmbeddedTexts> EmbedAsync(
        string tenant, EmbeddingModel model, IReadOnlyList<string> texts, KnownVectors known, Func<int, Task> progress, CancellationToken cancellationToken)
    {
        var principal = TenantModels.PrincipalFor(tenant);
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
        return new EmbeddedTexts(
            new DocumentVectors(model.Id, model.Dimension, [.. vectors.Select(vector => vector!.Value)]), Reused: texts.Count - missing.Count);
    }

    /// <summary>
    /// A text over the model's length is a 400. Chunks are cut so that this does not happen to language; to a page
    /// of serial numbers it can: then the texts go one by one, and the long one is embedded by its first half.
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
                var smaller = texts.Length > 1 ? text : FirstHalf(text);
                vectors.AddRange(await EmbedBatchAsync(principal, model, [smaller], cancellationToken));
            }
            return vectors;
        }
    }

    private async Task<IEnumerable<ReadOnlyMemory<float>>> RequestAsync(
        Principal principal, EmbeddingModel model, string[] texts, CancellationToken cancellationToken)
    {
        var request = new EmbeddingsRequest(texts, model.Id, EmbeddingInputType.Passage, EmbeddingPriority.Bulk);
        var response = await client.EmbedAsync(principal, request, cancellationToken);
        if (response.Data.Count != texts.Length || response.Data.Any(data => data.Embedding.Length != model.Dimension))
            throw new InvalidOperationException($"The embedding service answered {texts.Length} texts with {response.Data.Count} vectors, or not of {model.Dimension} numbers.");
        return response.Data.OrderBy(data => data.Index).Select(data => (ReadOnlyMemory<float>)data.Embedding);
    }

    private static string FirstHalf(string text)
    {
        var half = text.Length / 2;
        return text[..(char.IsHighSurrogate(text[half - 1]) ? half - 1 : half)];
    }
}
