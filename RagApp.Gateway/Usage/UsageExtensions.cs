using RagApp.Models.Budgets;
using RagApp.Storage.Journals;
using StackExchange.Redis;

namespace RagApp.Gateway.Usage;

internal static class UsageExtensions
{
    private const string Redis = "redis";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Registers the budgets of section <c>Budgets</c>. Usage is recorded, and budgets can be set, when there are a Redis for the ledger
    /// and a store for the journal; without them model calls are only counted in metrics.
    /// </summary>
    public static void AddUsage(this IHostApplicationBuilder builder)
    {
        builder.Services.AddModelBudgets();
        if (builder.Configuration.GetConnectionString(Redis) is not { Length: > 0 } || !builder.TryAddUsageJournal())
            return;
        // The gateway works without Redis, except for calls under a budget, which say so themselves.
        builder.AddRedisClient(Redis, settings => settings.DisableHealthChecks = true);
        builder.Services.AddOptions<ConfigurationOptions>().Configure(FailFast);
        builder.Services.AddSingleton<UsageReports>().AddUsageSums().AddBudgetLedger();
    }

    /// <summary>Makes calls fail at once while Redis is away: a model call must not wait for its own account.</summary>
    private static void FailFast(ConfigurationOptions redis)
    {
        redis.BacklogPolicy = BacklogPolicy.FailFast;
        redis.AsyncTimeout = (int)LongestWait.TotalMilliseconds;
    }
}
