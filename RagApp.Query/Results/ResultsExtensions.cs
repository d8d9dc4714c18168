using Microsoft.Extensions.DependencyInjection.Extensions;
using RagApp.Models;
using RagApp.ServiceDefaults;
using RagApp.Text.Analysis;

namespace RagApp.Query.Results;

internal static class ResultsExtensions
{
    /// <summary>Registers <see cref="ResultRefiner"/>, with the embedding service's reranker when the settings name one.</summary>
    public static IHostApplicationBuilder AddResults(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<ResultsOptions>().ValidateDataAnnotations().BindConfiguration(ResultsOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.AddTextAnalysis().AddSingleton<Telemetry>().AddTransient<Reranking>().AddTransient<ResultRefiner>();
        if (builder.Configuration.HasReranker())
            services.AddRerankClient();
        return builder;
    }
}
