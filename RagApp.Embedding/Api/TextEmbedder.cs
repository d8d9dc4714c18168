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
        return new PreparedTexts(texts, served.CountTokens is { } count ? [.. texts.Select(count)] : []);
    }

    public async Task<EmbeddedTexts> EmbedAsync(
        ServedModel served, Principal principal, EmbeddingsRequest request, PreparedTexts prepared, CancellationToken cancellationToken)
    {
        var work = new EmbeddingWork(principal.Tenant, request.InputType, request.Priority);
        var vectors = await served.Generator.GenerateAsync(prepared.Texts, work, cancellationToken);

        var tokens = served.CountTokens is null ? (int)(vectors.Usage?.InputTokenCount ?? 0) : prepared.Tokens.Sum();
        telemetry.TokensAsked(tokens, request.InputType, request.Priority);
        return new EmbeddedTexts([.. vectors.Select(vector => vector.Vector)], served.Model.Id, tokens);
    }
}

/// <param name="Texts">With the model's prefix in front.</param>
/// <param name="Tokens">Of each text; none where only the provider can count.</param>
internal sealed record PreparedTexts(IReadOnlyList<string> Texts, IReadOnlyList<int> Tokens);
