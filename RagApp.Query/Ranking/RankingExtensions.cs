namespace RagApp.Query.Ranking;

internal static class RankingExtensions
{
    public static IServiceCollection AddRanking(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<RankingOptions>().ValidateDataAnnotations()
            .BindConfiguration(RankingOptions.Section);
        return services.AddSingleton<FusionWeights>().AddSingleton<Ranker>();
    }
}
