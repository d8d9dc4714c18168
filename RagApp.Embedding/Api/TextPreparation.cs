using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Http;
using RagApp.Embedding.Serving;

namespace RagApp.Embedding.Api;

/// <summary>Prepares the texts of a request for the model: puts the prefix in front of each, counts tokens, and fits long texts to the model.</summary>
internal static class TextPreparation
{
    /// <param name="maxTexts">Largest number of texts, windows included.</param>
    /// <exception cref="ProblemException">400: the texts have too many windows.</exception>
    public static PreparedTexts Prepare(ServedModel served, EmbeddingsRequest request, int maxTexts)
    {
        var prefix = served.PrefixOf(request.InputType);
        if (served.CountTokens is not { } count)
            return PreparedTexts.Uncounted([.. request.Input.Select(text => prefix + text)]);

        var maxTokens = served.Model.MaxTokens;
        var (texts, tokens, parts, truncated) = (new List<string>(), new List<int>(), new List<int>(), new List<int>());
        foreach (var (index, text) in request.Input.Index())
        {
            var whole = count(prefix + text);
            IReadOnlyList<string> fitted = [prefix + text];
            if (whole > maxTokens && request.Windows)
            {
                fitted = [.. LongText.Windows(text, prefix, count, maxTokens).Take(maxTexts + 1)];
            }
            else if (whole > maxTokens && request.Truncate)
            {
                fitted = [LongText.Truncate(text, prefix, count, maxTokens)];
                truncated.Add(index);
            }
            texts.AddRange(fitted);
            tokens.AddRange(whole > maxTokens ? fitted.Select(count) : [whole]);
            parts.Add(fitted.Count);
            if (texts.Count > maxTexts)
                throw ProblemException.BadRequest($"The texts have more than {maxTexts} windows of {maxTokens} tokens, as many as one request takes. Send several requests.");
        }
        return new PreparedTexts(texts, tokens, parts, truncated.Count > 0 ? truncated : null);
    }
}
