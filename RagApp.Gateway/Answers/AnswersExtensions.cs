using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.ML.Tokenizers;
using RagApp.Gateway.Answers.Extractive;
using RagApp.Gateway.Answers.Model;
using RagApp.Models.Chat;
using RagApp.Storage.Analysis;

namespace RagApp.Gateway.Answers;

internal static class AnswersExtensions
{
    /// <summary>The tokeniser of OpenAI's current models; near enough for others, since it only decides how many passages fit.</summary>
    private const string Encoding = "o200k_base";

    /// <summary>Answers by the chat model of section <c>Chat</c>; without one they are quoted from the documents.</summary>
    public static void AddAnswers(this IHostApplicationBuilder builder)
    {
        builder.AddChatModel();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services
            .AddExtractiveAnswerer()
            .AddModelAnswerer()
            .AddSingleton<Telemetry>()
            .AddTransient<Answering>()
            .AddTransient<IAnswerer>(services => services.GetRequiredService<ConfiguredChatModel>().Model is { } model
                ? ActivatorUtilities.CreateInstance<ModelAnswerer>(services, model)
                : services.GetRequiredService<ExtractiveAnswerer>());
    }

    private static IServiceCollection AddExtractiveAnswerer(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ExtractiveOptions, ExtractiveOptionsValidator>()
            .BindConfiguration(ExtractiveOptions.Section);
        return services.AddTextAnalysis().AddTransient<SentenceRanker>().AddTransient<ExtractiveAnswerer>();
    }

    private static IServiceCollection AddModelAnswerer(this IServiceCollection services) => services
        .AddSingleton<Tokenizer>(_ => TiktokenTokenizer.CreateForEncoding(Encoding))
        .AddSingleton(_ => AnswerPrompt.Load())
        .AddSingleton<PromptBuilder>();
}
