using Microsoft.Extensions.DependencyInjection.Extensions;
using RagApp.Gateway.Answers.Extractive;

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
        services.TryAddSingleton<Storage.Analysis.ITextAnalysis, PlainWords>();
        services.AddTransient<SentenceRanker>();
        services.AddTransient<IAnswerer, ExtractiveAnswerer>();
        return services;
    }
}
