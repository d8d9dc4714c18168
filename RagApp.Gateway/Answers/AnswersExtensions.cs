using Microsoft.Extensions.DependencyInjection.Extensions;
using RagApp.Gateway.Answers.Extractive;
using RagApp.Storage.Analysis;

namespace RagApp.Gateway.Answers;

internal static class AnswersExtensions
{
    public static IServiceCollection AddAnswers(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Telemetry>();
        services.AddTransient<Answering>();
        return services.AddExtractiveAnswerer();
    }

    private static IServiceCollection AddExtractiveAnswerer(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ExtractiveOptions, ExtractiveOptionsValidator>()
            .BindConfiguration(ExtractiveOptions.Section);
        services.AddTextAnalysis();
        services.AddTransient<SentenceRanker>();
        services.AddTransient<IAnswerer, ExtractiveAnswerer>();
        return services;
    }
}
