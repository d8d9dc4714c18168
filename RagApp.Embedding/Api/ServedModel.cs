using Microsoft.Extensions.AI;
using RagApp.Contracts.Embeddings;

namespace RagApp.Embedding.Api;

/// <summary>A model that this service serves, embedded or a provider's.</summary>
/// <param name="Model">What <c>GET /v1/models</c> says of it.</param>
/// <param name="CountTokens">Tokens of a text, marks included; null where only the provider can count.</param>
/// <param name="Generator">Makes its vectors.</param>
internal sealed record ServedModel(
    EmbeddingModel Model,
    string QueryPrefix,
    string PassagePrefix,
    Func<string, int>? CountTokens,
    IEmbeddingGenerator<string, Embedding<float>> Generator)
{
    public string PrefixOf(EmbeddingInputType type) => type == EmbeddingInputType.Query ? QueryPrefix : PassagePrefix;
}
