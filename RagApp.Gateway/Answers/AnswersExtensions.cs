using Microsoft.Extensions.DependencyInjection.Extensions;
using RagApp.Gateway.Answers.Agentic;
using RagApp.Gateway.Answers.Caching;
using RagApp.Gateway.Answers.Extractive;
using RagApp.Gateway.Answers.Model;
using RagApp.Gateway.Answers.Model.Support;
using RagApp.Gateway.Answers.Reading;
using RagApp.Gateway.Redacting;
using RagApp.Models;
using RagApp.ServiceDefaults;
using RagApp.Text.Analysis;

namespace RagApp.Gateway.Answers;

internal static class AnswersExtensions
{
    /// <summary>Registers answers by the chat models of section <c>Chat</c>; without a model, answers quote the documents.</summary>
    public static void AddAnswers(this IHostApplicationBuilder builder)
    {
        builder.AddChatModel();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services
            .AddRedaction()
            .AddReader()
            .AddExtractiveAnswerer()
            .AddModelAnswerer()
            .AddAgenticAnswerer()
            .AddAnswerCache()
            .AddSingleton<Telemetry>()
            .AddSingleton<Wording>()
            .AddTransient<Answering>()
            .AddTransient<AnswererSelector>();
    }

    private static IServiceCollection AddReader(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ReadingOptions>().ValidateDataAnnotations().BindConfiguration(ReadingOptions.Section);
        return services.AddReadingClient().AddTransient<QuestionReader>().AddTransient<PlaceRanker>();
    }

    private static IServiceCollection AddExtractiveAnswerer(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ExtractiveOptions>().ValidateDataAnnotations()
            .BindConfiguration(ExtractiveOptions.Section);
        return services.AddTextAnalysis().AddTransient<SentenceRanker>().AddTransient<ExtractiveAnswerer>();
    }

    private static IServiceCollection AddModelAnswerer(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<CitationOptions>().ValidateDataAnnotations().BindConfiguration(CitationOptions.Section);
        return services
            .AddSingleton(_ => AnswerPrompt.Load())
            .AddSingleton<PromptBuilder>()
            .AddTransient<CitationCheck>();
    }

    private static IServiceCollection AddAgenticAnswerer(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<AgenticOptions>().ValidateDataAnnotations().BindConfiguration(AgenticOptions.Section);
        return services.AddSingleton<AgenticPrompt>();
    }
}
