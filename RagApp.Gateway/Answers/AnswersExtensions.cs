using Microsoft.Extensions.DependencyInjection.Extensions;
using RagApp.Gateway.Answers.Extractive;
using RagApp.Gateway.Answers.Model;
using RagApp.Gateway.Answers.Model.Support;
using RagApp.Models.Chat;
using RagApp.Storage.Analysis;

namespace RagApp.Gateway.Answers;

internal static class AnswersExtensions
{
    /// <summary>Answers by the chat models of section <c>Chat</c>; without one they are quoted from the documents.</summary>
    public static void AddAnswers(this IHostApplicationBuilder builder)
    {
        builder.AddChatModel();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services
            .AddExtractiveAnswerer()
            .AddModelAnswerer()
            .AddSingleton<Telemetry>()
            .AddTransient<Answering>()
            .AddTransient<Answerers>();
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
}
