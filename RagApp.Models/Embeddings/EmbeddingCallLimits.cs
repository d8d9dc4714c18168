using RagApp.Models.Pool;

namespace RagApp.Models.Embeddings;

/// <summary>The largest call to a provider.</summary>
/// <param name="Texts">Largest number of texts in one call.</param>
/// <param name="Tokens">Largest number of tokens in one call.</param>
public sealed record EmbeddingCallLimits(int Texts, int Tokens)
{
    /// <summary>
    /// The limits of a provider: OpenAI takes 300,000 tokens in one call, Cohere 96 texts, and TEI as it is started 32 texts and
    /// 16,384 tokens at a time. The tokens are estimated before the call, so that those of OpenAI keep a distance.
    /// </summary>
    internal static EmbeddingCallLimits Of(ModelProvider provider) => provider switch
    {
        ModelProvider.Cohere => new(96, 200_000),
        ModelProvider.Tei => new(32, 16_384),
        ModelProvider.Ollama => new(64, 32_768),
        _ => new(64, 200_000),
    };

    /// <summary>The limits of calls that any of the providers takes, unless the options say others.</summary>
    internal static EmbeddingCallLimits Of(EmbeddingModelOptions options, IEnumerable<ModelProvider> providers)
    {
        var all = providers.Select(Of).ToList();
        return new EmbeddingCallLimits(options.BatchSize ?? all.Min(limits => limits.Texts), options.BatchTokens ?? all.Min(limits => limits.Tokens));
    }
}
