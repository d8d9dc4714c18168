using Microsoft.Extensions.AI;

namespace RagApp.Models.Budgets;

/// <summary>Charges the embeddings of one caller: reserves the counted tokens of the texts, and settles with those that the provider reports.</summary>
public sealed class BudgetedEmbeddings(
    IEmbeddingGenerator<string, Embedding<float>> inner, ModelBudgets budgets, ModelCaller caller, ModelTerms terms)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var texts = values as IReadOnlyCollection<string> ?? [.. values];
        var counted = new Lazy<long>(() => texts.Sum(text => (long)terms.Tokens.Count(text)));
        await using var charge = await budgets.ReserveAsync(caller, terms.Model, terms.Price, () => counted.Value, maxOutputTokens: 0, cancellationToken);
        var vectors = await base.GenerateAsync(texts, options, cancellationToken);
        var reported = vectors.Usage?.InputTokenCount;
        await charge.SettleAsync(reported ?? counted.Value, outputTokens: 0, isCounted: reported is null);
        return vectors;
    }
}
