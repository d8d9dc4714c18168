using Microsoft.Extensions.Options;
using RagApp.Contracts.Embeddings;

namespace RagApp.Embedding.Api;

/// <summary>Validates an embedding request before any work is done for it.</summary>
internal sealed class RequestRules(IOptions<EmbeddingsOptions> options)
{
    /// <summary>A sentence that says what to change in the request; null when the request is valid.</summary>
    public string? WhyRefused(EmbeddingsRequest request, EmbeddingModel model)
    {
        return request switch
        {
            { Input: null or { Count: 0 } } => "'input' is empty: send at least one text.",
            { Input.Count: var count } when count > options.Value.MaxTexts =>
                $"'input' has {count} texts; one request takes at most {options.Value.MaxTexts}. Send several requests.",
            { Dimensions: { } dimensions } when dimensions != model.Dimension =>
                $"'dimensions' is {dimensions}; the vectors of '{model.Id}' have {model.Dimension}. Leave it out.",
            _ => WhyTextRefused(request.Input),
        };
    }

    /// <summary>
    /// A sentence that names the first text that is too long; null when none is. <paramref name="tokens"/> has the token counts
    /// of the request's texts, in their order.
    /// </summary>
    public static string? WhyTooLong(IReadOnlyList<int> tokens, EmbeddingModel model)
    {
        for (var index = 0; index < tokens.Count; index++)
        {
            if (tokens[index] > model.MaxTokens)
            {
                return $"The text at index {index} has {tokens[index]} tokens, prefix and marks included; "
                    + $"'{model.Id}' takes at most {model.MaxTokens}. Split it.";
            }
        }
        return null;
    }

    private static string? WhyTextRefused(IReadOnlyList<string> texts)
    {
        for (var index = 0; index < texts.Count; index++)
        {
            if (string.IsNullOrWhiteSpace(texts[index]))
                return $"The text at index {index} is empty.";
        }
        return null;
    }
}
