using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using RagApp.Models.Errors;

namespace RagApp.Models.Embeddings;

/// <summary>
/// Sends at most <paramref name="batchSize"/> texts in one call, one call after the other, and holds every answer to
/// what was asked for: as many vectors as texts, each of the configured dimension, made length one.
/// </summary>
internal sealed class BatchingGenerator(IEmbeddingGenerator<string, Embedding<float>> inner, int batchSize, int dimension)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var all = new GeneratedEmbeddings<Embedding<float>> { Usage = new UsageDetails() };
        foreach (var batch in values.Chunk(batchSize))
        {
            var answer = await base.GenerateAsync(batch, options, cancellationToken);
            if (answer.Count != batch.Length)
                throw new ModelException(ModelError.BadAnswer, $"The embedding provider answered {batch.Length} texts with {answer.Count} vectors.");
            all.AddRange(answer.Select(UnitLength));
            if (answer.Usage is { } usage)
                all.Usage.Add(usage);
        }
        return all;
    }

    private Embedding<float> UnitLength(Embedding<float> embedding)
    {
        var vector = embedding.Vector.ToArray();
        if (vector.Length != dimension)
        {
            throw new ModelException(ModelError.BadAnswer,
                $"The embedding provider's vectors have {vector.Length} numbers, Embedding:Provider:Dimension says {dimension}.");
        }
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return new Embedding<float>(vector) { ModelId = embedding.ModelId };
    }
}
