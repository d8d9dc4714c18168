using Microsoft.Extensions.AI;
using RagApp.Embedding.Serving;
using RagApp.Models.Budgets;

namespace RagApp.Embedding.Provider;

/// <summary>
/// Charges each request to its caller: reserves the counted tokens of its texts, and settles with those that the provider reports. Of a
/// request that fails, the texts that the provider has embedded are charged.
/// </summary>
/// <param name="terms">Terms of the model as they are configured now.</param>
internal sealed class ChargedGenerator(
    IEmbeddingGenerator<string, Embedding<float>> inner, ModelBudgets budgets, Func<ModelTerms> terms)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var (work, texts, now) = (EmbeddingWork.Of(options), values.ToArray(), terms());
        var counted = new Lazy<long>(() => texts.Sum(text => (long)now.Tokens.Count(text)));
        await using var charge = await budgets.ReserveAsync(work.Caller, now.Model, now.Price, () => counted.Value, now.MaxOutputTokens, cancellationToken);
        try
        {
            var vectors = await base.GenerateAsync(texts, options, cancellationToken);
            await charge.SettleAsync(work.Used > 0 ? work.Used : counted.Value, outputTokens: 0, isCounted: work.Used == 0);
            return vectors;
        }
        catch when (work.Used > 0)
        {
            await charge.SettleAsync(work.Used, outputTokens: 0, isCounted: false);
            throw;
        }
    }
}
