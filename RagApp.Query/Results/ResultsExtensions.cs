using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RagApp.Query.Results.Rerank;
using RagApp.Storage.Analysis;

namespace RagApp.Query.Results;

internal static class ResultsExtensions
{
    /// <summary>Registers <see cref="ResultRefiner"/>, with a reranker when section <c>Rerank</c> has an endpoint.</summary>
    public static IHostApplicationBuilder AddResults(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<ResultsOptions>().ValidateDataAnnotations().BindConfiguration(ResultsOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.AddTextAnalysis().AddSingleton<Telemetry>().AddTransient<Reranking>().AddTransient<ResultRefiner>();
        if (builder.Configuration.GetSection(RerankOptions.Section)[nameof(RerankOptions.Endpoint)] is not null)
            services.AddReranker();
        return builder;
    }

    private static void AddReranker(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<RerankOptions>().ValidateDataAnnotations().BindConfiguration(RerankOptions.Section);
        services.AddHttpClient<IReranker, HttpReranker>((provider, http) =>
        {
            if (provider.GetRequiredService<IOptions<RerankOptions>>().Value.ApiKey is { Length: > 0 } key)
                http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        });
    }
}
