using Microsoft.Extensions.AI;
using RagApp.Models.Budgets;

namespace RagApp.Models.Embeddings;

/// <summary>An embedding model of providers.</summary>
/// <param name="Id">Name of the model in the configuration.</param>
/// <param name="Options">What the model is, as it was configured at the start.</param>
/// <param name="Encoding">Token encoding of the model, such as <c>cl100k_base</c>; null when only the provider can count.</param>
/// <param name="Limits">Largest call.</param>
/// <param name="Generator">Generator whose calls are one request each; it takes <see cref="EmbeddingCallOptions"/>.</param>
/// <param name="PriceNow">Price of the model as it is configured now.</param>
public sealed record ProviderModel(
    string Id, EmbeddingModelOptions Options, string? Encoding, EmbeddingCallLimits Limits,
    IEmbeddingGenerator<string, Embedding<float>> Generator, Func<ModelPrice> PriceNow);
