using Microsoft.Extensions.AI;
using RagApp.Contracts.Embeddings;
using RagApp.Embedding.Serving;

namespace RagApp.Embedding.Cache;

/// <summary>Takes vectors from the cache, asks the inner generator for the missing ones, and stores these in the cache.</summary>
internal sealed class CachingGenerator(
    IEmbeddingGenerator<string, Embedding<float>> inner, EmbeddingModel model, VectorCache cache)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var work = EmbeddingWork.Of(options);
        var texts = values.ToArray();
        var kept = await cache.FindAsync(model, work, texts, cancellationToken);

        var missing = texts.Where((_, index) => kept[index] is null).ToArray();
        var made = missing.Length == 0
            ? []
            : await base.GenerateAsync(missing, options, cancellationToken);
        if (missing.Length > 0)
            await cache.KeepAsync(model, work, missing, [.. made.Select(vector => vector.Vector)], cancellationToken);

        var next = 0;
        return new GeneratedEmbeddings<Embedding<float>>(
            kept.Select(vector => vector is null ? made[next++] : new Embedding<float>(vector)))
        {
            Usage = made.Usage,
        };
    }
}
