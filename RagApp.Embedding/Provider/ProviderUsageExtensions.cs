using RagApp.Models.Budgets;
using RagApp.Storage.Journals;

namespace RagApp.Embedding.Provider;

internal static class ProviderUsageExtensions
{
    private const string Redis = "redis";

    /// <summary>
    /// Registers the budgets that calls to providers are charged to. Usage is recorded, and budgets can be set, when there are a Redis for
    /// the ledger and a store for the journal; without them calls are only counted in metrics.
    /// </summary>
    public static void AddUsage(this IHostApplicationBuilder builder)
    {
        builder.Services.AddModelBudgets();
        if (builder.Configuration.GetConnectionString(Redis) is { Length: > 0 } && builder.TryAddUsageJournal())
            builder.Services.AddBudgetLedger();
    }
}
