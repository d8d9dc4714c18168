using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RagApp.Models.Budgets;
using RagApp.Models.Rerank;

namespace RagApp.Models;

public static class RerankerExtensions
{
    /// <summary>True when section <c>Models:Rerank</c> or <c>Rerank</c> configures a reranker.</summary>
    public static bool HasReranker(this IConfiguration configuration) => RerankCatalogue.IsConfigured(configuration);

    /// <summary>Registers the <see cref="IReranker"/> of section <c>Models:Rerank</c> or <c>Rerank</c>, when one of them configures it.</summary>
    /// <returns>True when there is one.</returns>
    public static bool AddReranker(this IHostApplicationBuilder builder)
    {
        if (!builder.Configuration.HasReranker())
            return false;
        var services = builder.Services;
        if (RerankCatalogue.HasEntry(builder.Configuration))
            services.AddOptionsWithValidateOnStart<RerankEntryOptions>().BindConfiguration(RerankEntryOptions.Section);
        else
            services.AddOptionsWithValidateOnStart<RerankOptions>().BindConfiguration(RerankOptions.Section);
        services.AddSingleton<IValidateOptions<RerankOptions>, RerankCheck>().AddSingleton<IValidateOptions<RerankEntryOptions>, RerankCheck>();
        services.AddModelBudgets().AddPoolServices(builder.Configuration)
            .AddSingleton<RerankCatalogue>()
            .AddSingleton(provider => provider.GetRequiredService<RerankCatalogue>().Reranker);
        return true;
    }
}
