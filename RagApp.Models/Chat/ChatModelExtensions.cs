using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RagApp.Models.Errors;
using RagApp.Models.Providers.OpenAI;

namespace RagApp.Models.Chat;

public static class ChatModelExtensions
{
    /// <summary>Registers <see cref="ConfiguredChatModel"/>: the models of section <c>Chat</c>, or none.</summary>
    public static IServiceCollection AddChatModel(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        if (!OpenAIConnection.IsConfigured(builder.Configuration.GetSection(ChatModelOptions.Section)))
            return services.AddSingleton(ConfiguredChatModel.None);

        services.AddOptionsWithValidateOnStart<ChatModelOptions>().ValidateDataAnnotations().BindConfiguration(ChatModelOptions.Section);
        services.AddExceptionHandler<ModelExceptionHandler>();
        return services.AddSingleton(Create);
    }

    private static ConfiguredChatModel Create(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<ChatModelOptions>>().Value;
        return new ConfiguredChatModel(Open(services, options, options), [.. options.Others.Select(other => Open(services, options, other))]);
    }

    private static ChatModel Open(IServiceProvider services, ChatModelOptions options, ChatModelLimits model)
    {
        // No text in spans, logs or events, even where OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT asks for it:
        // prompts hold what only some people may read.
        var client = OpenAIChat.Create(options, model.Model)
            .AsBuilder()
            .UseOpenTelemetry(services.GetService<ILoggerFactory>(), configure: telemetry => telemetry.EnableSensitiveData = false)
            .Build(services);
        return new ChatModel(client, model.Model, model.MaxContextTokens, model.MaxOutputTokens, model.Tokenizer);
    }
}
