namespace RagApp.Gateway.Answers.Caching;

internal static class CachingExtensions
{
    public static IServiceCollection AddAnswerCache(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<AnswerCacheOptions>().ValidateDataAnnotations().BindConfiguration(AnswerCacheOptions.Section);
        return services.AddSingleton<Telemetry>().AddSingleton<AnswerStore>().AddSingleton<SimilarityLimits>()
            .AddTransient<QuestionLikeness>().AddTransient<AnswerCache>();
    }
}
