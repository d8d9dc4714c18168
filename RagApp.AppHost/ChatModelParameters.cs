using RagApp.Kubernetes;

namespace RagApp.AppHost;

/// <summary>
/// The OpenAI-compatible chat model that writes answers and rewrites questions. Without <c>Chat:ApiKey</c> and
/// <c>Chat:Endpoint</c> a run has none: answers quote the documents, and questions are rewritten by rules.
/// </summary>
internal sealed record ChatModelParameters(
    IResourceBuilder<ParameterResource> ApiKey,
    IResourceBuilder<ParameterResource> Endpoint,
    IResourceBuilder<ParameterResource> Model)
{
    /// <summary>Default endpoint of a published manifest; this machine's settings do not change it.</summary>
    private const string OpenAI = "https://api.openai.com/v1";

    public static ChatModelParameters? AddTo(IDistributedApplicationBuilder builder)
    {
        var settings = builder.Configuration.GetSection("Chat");
        if (builder.ExecutionContext.IsRunMode && string.IsNullOrEmpty(settings["ApiKey"]) && string.IsNullOrEmpty(settings["Endpoint"]))
            return null;

        return new ChatModelParameters(
            builder.AddParameter("chat-api-key", () => settings["ApiKey"] ?? "", secret: true).WithHidden()
                .PublishAsSecret("openai-secret", "api-key", isOptional: true, isFile: true),
            builder.AddParameter("chat-endpoint", () => (builder.ExecutionContext.IsRunMode ? settings["Endpoint"] : null) ?? OpenAI, publishValueAsDefault: true).WithHidden()
                .PublishAsValue("", "Base address of an OpenAI-compatible chat model, such as https://api.openai.com/v1; empty for quotes from the documents."),
            builder.AddParameter("chat-model", () => settings["Model"] ?? "").WithHidden()
                .PublishAsValue("", "Name of the chat model."));
    }
}

internal static class ChatModelReferences
{
    /// <summary>Gives the service its chat model; null leaves the service without one, unless a program on this machine serves one.</summary>
    public static IResourceBuilder<ProjectResource> WithChatModel(this IResourceBuilder<ProjectResource> service, ChatModelParameters? chat)
    {
        var application = service.ApplicationBuilder;
        if (application.ExecutionContext.IsRunMode && application.Configuration["Chat:Local"] is { Length: > 0 } local)
            service.WithEnvironment("Chat__Local", local);
        return chat is null
            ? service
            : service
                .WithEnvironment("Chat__ApiKey", chat.ApiKey)
                .WithEnvironment("Chat__Endpoint", chat.Endpoint)
                .WithEnvironment("Chat__Model", chat.Model);
    }
}
