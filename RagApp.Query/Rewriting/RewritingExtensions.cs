using Microsoft.Extensions.DependencyInjection.Extensions;
using RagApp.Models;
using RagApp.Models.Budgets;
using RagApp.Storage.Journals;

namespace RagApp.Query.Rewriting;

internal static class RewritingExtensions
{
    private const string Redis = "redis";

    /// <summary>
    /// Registers <see cref="Rewriter"/>, with a chat model when one is configured. Its calls are charged to the budgets when there are a Redis for the ledger
    /// and a store for the journal.
    /// </summary>
    public static IHostApplicationBuilder AddRewriting(this IHostApplicationBuilder builder)
    {
        builder.AddChatModel();
        var services = builder.Services;
        if (builder.Configuration.GetConnectionString(Redis) is { Length: > 0 } && builder.TryAddUsageJournal())
            services.AddBudgetLedger();
        services.AddOptionsWithValidateOnStart<RewritingOptions>().ValidateDataAnnotations().BindConfiguration(RewritingOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Telemetry>()
            .AddSingleton<RewritingModel>()
            .AddSingleton<FollowUpRules>()
            .AddSingleton<Condensing>()
            .AddSingleton<MoreQueries>()
            .AddSingleton<SpellingCorrector>()
            .AddSingleton<Rewriter>();
        return builder;
    }
}
