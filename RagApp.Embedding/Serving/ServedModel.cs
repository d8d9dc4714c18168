using Microsoft.Extensions.AI;
using RagApp.Contracts.Embeddings;

namespace RagApp.Embedding.Serving;

/// <summary>A model that this service offers, embedded or of a provider.</summary>
/// <param name="Model">Description of the model in <c>GET /v1/models</c>.</param>
/// <param name="CountTokens">Counts the tokens of a text, start and end marks included; null when only the provider can count.</param>
/// <param name="Generator">Generator of the model's vectors.</param>
internal sealed record ServedModel(
    EmbeddingModel Model,
    string QueryPrefix,
    string PassagePrefix,
    Func<string, int>? CountTokens,
    IEmbeddingGenerator<string, Embedding<float>> Generator)
{
    public string PrefixOf(EmbeddingInputType type) => type == EmbeddingInputType.Query ? QueryPrefix : PassagePrefix;
}
