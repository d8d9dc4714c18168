using System.Collections.Frozen;
using Microsoft.ML.Tokenizers;
using RagApp.Models.Embeddings;

namespace RagApp.Embedding.Provider;

/// <summary>Counts tokens as the models of a provider do, where their tokenizer is known.</summary>
internal static class ProviderTokens
{
    private const string Cl100k = "cl100k_base";
    private const string O200k = "o200k_base";

    /// <summary>Beginning of the names of OpenAI's embedding models, which all have the same encoding.</summary>
    private const string OpenAIFamily = "text-embedding-";

    private static readonly FrozenDictionary<string, Lazy<TiktokenTokenizer>> Tokenizers = new[] { Cl100k, O200k }
        .ToFrozenDictionary(name => name, name => new Lazy<TiktokenTokenizer>(() => TiktokenTokenizer.CreateForEncoding(name)), StringComparer.Ordinal);

    /// <summary>A counter for the model; null when only the provider can count. The model's name may begin with the provider's (<c>openai/text-embedding-3-small</c>).</summary>
    public static Func<string, int>? CounterFor(EmbeddingProviderOptions options)
    {
        if ((options.Tokenizer ?? EncodingOf(options)) is not { } encoding)
            return null;
        var tokenizer = Tokenizers[encoding];
        return text => tokenizer.Value.CountTokens(text);
    }

    private static string? EncodingOf(EmbeddingProviderOptions options) =>
        options.Provider == EmbeddingProviderKind.OpenAI
        && options.Model[(options.Model.LastIndexOf('/') + 1)..].StartsWith(OpenAIFamily, StringComparison.OrdinalIgnoreCase)
            ? Cl100k
            : null;
}
