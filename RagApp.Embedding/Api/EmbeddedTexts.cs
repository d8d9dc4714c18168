using RagApp.Contracts.Embeddings;

namespace RagApp.Embedding.Api;

/// <summary>The vectors of a request's texts, in their order, and the two ways they go over the wire.</summary>
internal sealed record EmbeddedTexts(IReadOnlyList<ReadOnlyMemory<float>> Vectors, string Model, int Tokens, IReadOnlyList<int>? Truncated)
{
    private EmbeddingUsage Usage => new(Tokens, Tokens);

    public EmbeddingsResponse ToResponse() =>
        new([.. Vectors.Select((vector, index) => new EmbeddingData(index, vector.ToArray()))], Model, Usage) { Truncated = Truncated };

    public Base64EmbeddingsResponse ToBase64Response() =>
        new([.. Vectors.Select((vector, index) => new Base64EmbeddingData(index, VectorBytes.Of(vector.Span)))], Model, Usage) { Truncated = Truncated };
}
