using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace RagApp.Models.Budgets;

/// <summary>
/// Charges the calls of one caller: reserves the counted prompt and the allowed completion, and settles with the usage that the
/// provider reports. When it reports none, the stream breaks or the reader leaves, what was counted so far is settled. A call that
/// fails before anything was generated costs nothing.
/// </summary>
public sealed class BudgetedChatClient(IChatClient inner, ModelBudgets budgets, ModelCaller caller, ModelTerms terms) : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var prompt = messages as IReadOnlyCollection<ChatMessage> ?? [.. messages];
        var (charge, usage) = await ReserveAsync(prompt, options, cancellationToken);
        try
        {
            var response = await base.GetResponseAsync(prompt, Bounded(options, charge), cancellationToken);
            usage.Observe(response);
            return response;
        }
        finally
        {
            await usage.EndAsync(charge);
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var prompt = messages as IReadOnlyCollection<ChatMessage> ?? [.. messages];
        var (charge, usage) = await ReserveAsync(prompt, options, cancellationToken);
        try
        {
            await foreach (var update in base.GetStreamingResponseAsync(prompt, Bounded(options, charge), cancellationToken))
            {
                usage.Observe(update);
                yield return update;
            }
            usage.Complete();
        }
        finally
        {
            await usage.EndAsync(charge);
        }
    }

    private async Task<(ModelCharge Charge, CallUsage Usage)> ReserveAsync(
        IReadOnlyCollection<ChatMessage> prompt, ChatOptions? options, CancellationToken cancellationToken)
    {
        var tokens = new Lazy<long>(() => PromptTokens.Count(terms.Tokens, prompt, options));
        var charge = await budgets.ReserveAsync(
            caller, terms.Model, terms.Price, () => tokens.Value, options?.MaxOutputTokens ?? terms.MaxOutputTokens, cancellationToken);
        return (charge, new CallUsage(terms.Tokens, tokens));
    }

    /// <summary>Options with the limit of tokens that was reserved; a call without a reservation keeps its own.</summary>
    private ChatOptions? Bounded(ChatOptions? options, ModelCharge charge)
    {
        if (!charge.IsReserved || options?.MaxOutputTokens is not null)
            return options;
        var bounded = options?.Clone() ?? new ChatOptions();
        bounded.MaxOutputTokens = terms.MaxOutputTokens;
        return bounded;
    }
}
