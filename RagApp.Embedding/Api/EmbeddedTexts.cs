using RagApp.Contracts.Embeddings;

namespace RagApp.Embedding.Api;

/// <summary>The vectors of a request's texts, in the order of the texts, and their two response forms: numbers and Base64.</summary>
/// <param name="Truncated">Positions of the texts whose middle was cut out; null when none was.</param>
/// <param name="Windowed">Positions of the texts that were embedded in windows; null when none was.</param>
internal sealed record EmbeddedTexts(
    IReadOnlyList<ReadOnlyMemory<float>> Vectors, string Model, int Tokens, IReadOnlyList<int>? Truncated, IReadOnlyList<int>? Windowed)
{
    private EmbeddingUsage Usage => new(Tokens, Tokens);

    public EmbeddingsResponse ToResponse() =>
        new([.. Vectors.Select((vector, index) => new EmbeddingData(index, vector.ToArray()))], Model, Usage) { Truncated = Truncated, Windowed = Windowed };

    public Base64EmbeddingsResponse ToBase64Response() =>
        new([.. Vectors.Select((vector, index) => new Base64EmbeddingData(index, VectorBytes.Of(vector.Span)))], Model, Usage) { Truncated = Truncated, Windowed = Windowed };
}
