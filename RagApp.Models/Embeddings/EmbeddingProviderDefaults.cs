namespace RagApp.Models.Embeddings;

/// <summary>Default settings of a provider.</summary>
/// <param name="Endpoint">Base address of the API; null when every installation has its own.</param>
/// <param name="Texts">Largest number of texts in one call.</param>
/// <param name="Tokens">Largest number of tokens in one call.</param>
internal sealed record EmbeddingProviderDefaults(Uri? Endpoint, int Texts, int Tokens)
{
    /// <summary>
    /// The defaults of a provider: OpenAI takes 300,000 tokens in one call, Cohere 96 texts, and TEI as it is started 32 texts and
    /// 16,384 tokens at a time. The tokens are estimated before the call, so that those of OpenAI keep a distance.
    /// </summary>
    public static EmbeddingProviderDefaults Of(EmbeddingProviderKind provider) => provider switch
    {
        EmbeddingProviderKind.Cohere => new(new Uri("https://api.cohere.com/v2"), 96, 200_000),
        EmbeddingProviderKind.Tei => new(Endpoint: null, 32, 16_384),
        EmbeddingProviderKind.Ollama => new(new Uri("http://127.0.0.1:11434"), 64, 32_768),
        _ => new(new Uri(ModelEndpoint.OpenAI), 64, 200_000),
    };
}
