namespace RagApp.Query.Ranking;

internal static class RankingExtensions
{
    public static IServiceCollection AddRanking(this IServiceCollection services) =>
        services.AddSingleton<FusionWeights>().AddSingleton<Ranker>();
}
