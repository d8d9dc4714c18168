using RagApp.Contracts.Embeddings;

namespace RagApp.Embedding.Api;

/// <summary>The vectors of a request's texts, in the order of the texts, and their two response forms: numbers and Base64.</summary>
/// <param name="Truncated">Positions of the texts whose middle was cut out; null when none was.</param>
/// <param name="Windowed">Positions of the texts that were embedded in windows; null when none was.</param>
internal sealed record EmbeddedTexts(
    IReadOnlyList<ReadOnlyMemory<float>> Vectors, string Model, int Tokens, IReadOnlyList<int>? Truncated, IReadOnlyList<int>? Windowed)
{
    public EmbeddingsResponse<float[]> ToResponse() => ToResponse(vector => vector.ToArray());

    public EmbeddingsResponse<byte[]> ToBase64Response() => ToResponse(vector => VectorBytes.Of(vector.Span));

    private EmbeddingsResponse<TVector> ToResponse<TVector>(Func<ReadOnlyMemory<float>, TVector> form) =>
        new([.. Vectors.Select((vector, index) => new EmbeddingData<TVector>(index, form(vector)))], Model, new EmbeddingUsage(Tokens, Tokens))
        {
            Truncated = Truncated,
            Windowed = Windowed,
        };
}
