using Microsoft.Extensions.DependencyInjection.Extensions;
using RagApp.Query.Ranking;

namespace RagApp.Query.Search;

internal static class SearchExtensions
{
    public static IServiceCollection AddSearch(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<SearchOptions>().ValidateDataAnnotations()
            .BindConfiguration(SearchOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Telemetry>();
        services.AddRanking();
        services.AddScoped<QuestionVectors>();
        services.AddScoped<CandidateSearch>();
        services.AddScoped<SearchPipeline>();
        return services;
    }
}
