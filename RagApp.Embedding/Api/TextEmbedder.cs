using RagApp.Contracts.Embeddings;
using RagApp.Contracts.Identity;
using RagApp.Embedding.Serving;
using RagApp.Models;

namespace RagApp.Embedding.Api;

/// <summary>Embeds the prepared texts of a request with the model's generator.</summary>
internal sealed class TextEmbedder(Telemetry telemetry)
{
    private const string Feature = "embeddings";

    public async Task<EmbeddedTexts> EmbedAsync(
        ServedModel served, Principal principal, EmbeddingsRequest request, PreparedTexts prepared, CancellationToken cancellationToken)
    {
        var caller = ModelCaller.Of(principal, Feature) with
        {
            Priority = request.Priority == EmbeddingPriority.Bulk ? ModelPriority.Bulk : ModelPriority.Interactive,
        };
        var work = new EmbeddingWork(caller, request.InputType, request.Windows ? served.PrefixOf(request.InputType) : null);
        var vectors = await served.Generator.GenerateAsync(prepared.Texts, work, cancellationToken);

        var tokens = served.CountTokens is null ? (int)(vectors.Usage?.InputTokenCount ?? 0) : prepared.Tokens.Sum();
        telemetry.TokensAsked(tokens, request.InputType, request.Priority);
        return new EmbeddedTexts(Joined([.. vectors.Select(vector => vector.Vector)], prepared), served.Model.Id, tokens, prepared.Truncated, prepared.Windowed);
    }

    /// <summary>One vector for each text of the request.</summary>
    private static IReadOnlyList<ReadOnlyMemory<float>> Joined(ReadOnlyMemory<float>[] vectors, PreparedTexts prepared)
    {
        if (prepared.Windowed is null)
            return vectors;
        var joined = new List<ReadOnlyMemory<float>>(prepared.Parts.Count);
        var next = 0;
        foreach (var parts in prepared.Parts)
        {
            joined.Add(parts == 1 ? vectors[next] : VectorMean.Of([.. Enumerable.Range(next, parts).Select(at => (vectors[at], prepared.Tokens[at]))]));
            next += parts;
        }
        return joined;
    }
}
