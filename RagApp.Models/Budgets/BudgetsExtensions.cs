using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RagApp.Contracts.Usage;
using RagApp.Models.Budgets.Ledger;
using RagApp.Models.Budgets.Watching;

namespace RagApp.Models.Budgets;

public static class BudgetsExtensions
{
    private const string OldPrices = "Budgets:Prices";

    /// <summary>
    /// Registers <see cref="ModelBudgets"/>, section <c>Budgets</c>. Budgets need a ledger too, see
    /// <see cref="AddBudgetLedger"/>.
    /// </summary>
    public static IServiceCollection AddModelBudgets(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<BudgetsOptions>().ValidateDataAnnotations().BindConfiguration(BudgetsOptions.Section)
            .Validate<IServiceProviderIsService>(
                (options, registered) => options.Limits.Count == 0 || registered.IsService(typeof(BudgetLedger)),
                "Budgets:Limits needs a ledger and a journal: set ConnectionStrings:redis and Storage:DataPath, which the AppHost passes, or remove the limits.")
            .Validate<IConfiguration>(
                (_, configuration) => !configuration.GetSection(OldPrices).Exists(),
                $"{OldPrices} is not read any more: a price stands at its model. Set Models:Chat:MODEL:InputPrice and Models:Chat:MODEL:OutputPrice, "
                + "or Chat:InputPrice and Chat:OutputPrice for the model of section Chat, and remove the list.");
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Telemetry>();
        services.TryAddSingleton(provider => new ModelBudgets(
            provider.GetService<BudgetLedger>(), provider.GetRequiredService<Telemetry>(), provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    /// <summary>
    /// Registers the ledger, on the Redis connection and the <see cref="IUsageJournal"/> that the service has registered, with the
    /// work that looks after it.
    /// </summary>
    public static IServiceCollection AddBudgetLedger(this IServiceCollection services)
    {
        services.AddModelBudgets();
        services.TryAddSingleton(LedgerTiming.Default);
        services.TryAddSingleton<IBudgetEvents, LoggedBudgetEvents>();
        services.TryAddSingleton<ILedgerClock, LedgerClock>();
        services.TryAddSingleton<RedisLedger>();
        services.TryAddSingleton<LiveCharges>();
        services.TryAddSingleton<UsageQueue>();
        services.TryAddSingleton<SpendWatch>();
        services.TryAddSingleton<Settlements>();
        services.TryAddSingleton<ExpirySweep>();
        services.TryAddSingleton<LedgerSeeder>();
        services.TryAddSingleton<Reservations>();
        services.TryAddSingleton<LedgerCare>();
        services.TryAddSingleton<BudgetLedger>();
        services.TryAddSingleton<UsageWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<UsageWriter>());
        services.AddHostedService<LedgerKeeper>();
        return services;
    }
}
