using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using RagApp.Models.Errors;

namespace RagApp.Models.Embeddings;

/// <summary>
/// Validates every answer of a provider: as many vectors as texts, each of the configured dimension. It scales every vector to
/// length one.
/// </summary>
/// <param name="section">Configuration section of the provider, for the messages.</param>
internal sealed class CheckedEmbeddings(IEmbeddingGenerator<string, Embedding<float>> inner, int dimension, string section)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var texts = values.ToArray();
        var answer = await base.GenerateAsync(texts, options, cancellationToken);
        if (answer.Count != texts.Length)
            throw new ModelException(ModelError.BadAnswer, $"The embedding provider answered {texts.Length} texts with {answer.Count} vectors.");
        return new GeneratedEmbeddings<Embedding<float>>(answer.Select(UnitLength)) { Usage = answer.Usage };
    }

    private Embedding<float> UnitLength(Embedding<float> embedding)
    {
        var vector = embedding.Vector.ToArray();
        if (vector.Length != dimension)
        {
            throw new ModelException(ModelError.BadAnswer,
                $"The embedding provider's vectors have {vector.Length} numbers, {section}:{nameof(EmbeddingProviderOptions.Dimension)} says {dimension}.");
        }
        var norm = TensorPrimitives.Norm<float>(vector);
        if (norm is not (> 0 and < float.PositiveInfinity))
            throw new ModelException(ModelError.BadAnswer, "The embedding provider answered with a vector that has no direction.");
        TensorPrimitives.Divide(vector, norm, vector);
        return new Embedding<float>(vector) { ModelId = embedding.ModelId };
    }
}
