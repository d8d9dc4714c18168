using Microsoft.Extensions.AI;
using RagApp.Embedding.Serving;
using RagApp.Models.Budgets;

namespace RagApp.Embedding.Provider;

/// <summary>
/// Charges each request to its caller: reserves the counted tokens of its texts, and settles with those that the provider reports. Of a
/// request that fails or whose caller leaves, the texts that the provider has embedded are charged, those of calls that go on without
/// the caller when they end.
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
        var charge = await budgets.ReserveAsync(work.Caller, now.Model, now.Price, () => counted.Value, now.MaxOutputTokens, cancellationToken);
        try
        {
            var vectors = await base.GenerateAsync(texts, options, cancellationToken);
            await charge.SettleAsync(work.Used > 0 ? work.Used : counted.Value, outputTokens: 0, isCounted: work.Used == 0);
            return vectors;
        }
        catch
        {
            var ending = EndAsync(charge, work, share => counted.Value * Math.Min(share, texts.Length) / texts.Length);
            if (work.LeftBehind.IsCompleted)
                await ending;
            throw;
        }
    }

    /// <summary>Charges what the provider has embedded; gives the reservation back when that is nothing.</summary>
    /// <param name="count">Counts the tokens of a number of texts.</param>
    private static async Task EndAsync(ModelCharge charge, EmbeddingWork work, Func<int, long> count)
    {
        await work.LeftBehind;
        if (work.Embedded == 0)
            await charge.ReleaseAsync();
        else
            await charge.SettleAsync(work.Used > 0 ? work.Used : count(work.Embedded), outputTokens: 0, isCounted: work.Used == 0);
    }
}
