using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Identity;

namespace RagApp.Embedding.Api;

/// <summary>Texts of a request to vectors: puts the prefix in front, counts tokens, and asks the generator.</summary>
internal sealed class TextEmbedder(Telemetry telemetry)
{
    public static PreparedTexts Prepare(ServedModel served, EmbeddingsRequest request)
    {
        var prefix = served.PrefixOf(request.InputType);
        var texts = request.Input.Select(text => prefix + text).ToArray();
        if (served.CountTokens is not { } count)
            return new PreparedTexts(texts, [], Truncated: null);

        var tokens = texts.Select(count).ToArray();
        var truncated = request.Truncate ? Enumerable.Range(0, texts.Length).Where(index => tokens[index] > served.Model.MaxTokens).ToArray() : [];
        foreach (var index in truncated)
        {
            texts[index] = LongText.Truncate(request.Input[index], prefix, count, served.Model.MaxTokens);
            tokens[index] = count(texts[index]);
        }
        return new PreparedTexts(texts, tokens, truncated.Length > 0 ? truncated : null);
    }

    public async Task<EmbeddedTexts> EmbedAsync(
        ServedModel served, Principal principal, EmbeddingsRequest request, PreparedTexts prepared, CancellationToken cancellationToken)
    {
        var work = new EmbeddingWork(principal.Tenant, request.InputType, request.Priority);
        var vectors = await served.Generator.GenerateAsync(prepared.Texts, work, cancellationToken);

        var tokens = served.CountTokens is null ? (int)(vectors.Usage?.InputTokenCount ?? 0) : prepared.Tokens.Sum();
        telemetry.TokensAsked(tokens, request.InputType, request.Priority);
        return new EmbeddedTexts([.. vectors.Select(vector => vector.Vector)], served.Model.Id, tokens, prepared.Truncated);
    }
}

/// <param name="Texts">With the model's prefix in front.</param>
/// <param name="Tokens">Of each text; none where only the provider can count.</param>
/// <param name="Truncated">Positions of those that have lost their middle; null for none.</param>
internal sealed record PreparedTexts(IReadOnlyList<string> Texts, IReadOnlyList<int> Tokens, IReadOnlyList<int>? Truncated);
