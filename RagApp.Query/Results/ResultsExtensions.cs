using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RagApp.Query.Results.Rerank;
using RagApp.ServiceDefaults;
using RagApp.Text.Analysis;

namespace RagApp.Query.Results;

internal static class ResultsExtensions
{
    /// <summary>Registers <see cref="ResultRefiner"/>, with a reranker when section <c>Rerank</c> names one.</summary>
    public static IHostApplicationBuilder AddResults(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<ResultsOptions>().ValidateDataAnnotations().BindConfiguration(ResultsOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.AddTextAnalysis().AddSingleton<Telemetry>().AddTransient<Reranking>().AddTransient<ResultRefiner>();
        var rerank = builder.Configuration.GetSection(RerankOptions.Section);
        if (string.Equals(rerank[nameof(RerankOptions.UseService)], bool.TrueString, StringComparison.OrdinalIgnoreCase))
            services.AddRerankOptions().AddRerankClient().AddTransient<IReranker, ServiceReranker>();
        else if (rerank[nameof(RerankOptions.Endpoint)] is not null)
            services.AddRerankOptions().AddHttpReranker();
        return builder;
    }

    private static IServiceCollection AddRerankOptions(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<RerankOptions>().ValidateDataAnnotations().BindConfiguration(RerankOptions.Section);
        return services;
    }

    private static void AddHttpReranker(this IServiceCollection services)
    {
        services.AddHttpClient<IReranker, HttpReranker>((provider, http) =>
        {
            if (provider.GetRequiredService<IOptions<RerankOptions>>().Value.ApiKey is { Length: > 0 } key)
                http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        });
    }
}
