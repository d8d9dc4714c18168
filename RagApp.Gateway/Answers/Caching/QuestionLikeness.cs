using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Polly;
using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Http;

namespace RagApp.Gateway.Answers.Caching;

/// <summary>
/// Embeds questions to compare them. The search has just embedded the same words, so that the embedding service has the vector in its cache. A
/// question that cannot be embedded in time is compared with none.
/// </summary>
internal sealed class QuestionLikeness(EmbeddingClient embeddings, SimilarityLimits limits, TimeProvider time)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    private readonly ResiliencePipeline _timeout = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(Timeout).Build();

    public async Task<QuestionVectorOfModel?> MeasureAsync(Question question, CancellationToken cancellationToken)
    {
        var request = new EmbeddingsRequest([question.Text], Model: null, EmbeddingInputType.Query, EmbeddingPriority.Interactive, Truncate: true);
        try
        {
            return await _timeout.ExecuteAsync(
                async token =>
                {
                    var response = await embeddings.EmbedAsync(question.Principal, request, token);
                    // Of a question that was cut only beginning and end were compared.
                    return response.Truncated is null
                        ? new QuestionVectorOfModel(response.Data[0].Embedding, response.Model, await limits.FindAsync(embeddings, question.Principal, response.Model, token))
                        : null;
                }, cancellationToken);
        }
        catch (Exception exception) when (exception is ApiException or HttpRequestException or ExecutionRejectedException)
        {
            return null;
        }
    }
}

/// <summary>The vector of a question.</summary>
/// <param name="Numbers">The vector, of length one.</param>
/// <param name="Model">The embedding model that made it.</param>
/// <param name="LeastSimilarity">Cosine from which questions are similar for this model; null when it is not known.</param>
internal sealed record QuestionVectorOfModel(ReadOnlyMemory<float> Numbers, string Model, double? LeastSimilarity)
{
    public double SimilarityTo(ReadOnlySpan<byte> other)
    {
        var halves = MemoryMarshal.Cast<byte, Half>(other);
        if (halves.Length != Numbers.Length)
            return -1;
        var numbers = new float[halves.Length];
        TensorPrimitives.ConvertToSingle(halves, numbers);
        return TensorPrimitives.Dot(numbers, Numbers.Span);
    }

    /// <summary>The numbers in half precision, which is enough to compare.</summary>
    public byte[] ToBytes()
    {
        var halves = new Half[Numbers.Length];
        TensorPrimitives.ConvertToHalf(Numbers.Span, halves);
        return MemoryMarshal.AsBytes<Half>(halves).ToArray();
    }
}
