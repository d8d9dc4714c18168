namespace RagApp.AppHost;

/// <summary>
/// The chat model that writes answers and rewrites questions, an OpenAI-compatible one. With neither <c>Chat:ApiKey</c>
/// nor <c>Chat:Endpoint</c> a run has none: answers quote the documents, and questions are rewritten by rules.
/// </summary>
internal sealed record ChatModel(
    IResourceBuilder<ParameterResource> ApiKey,
    IResourceBuilder<ParameterResource> Endpoint,
    IResourceBuilder<ParameterResource> Model)
{
    /// <summary>Published as the default, whatever this machine is set to.</summary>
    private const string OpenAI = "https://api.openai.com/v1";

    public static ChatModel? AddTo(IDistributedApplicationBuilder builder)
    {
        var settings = builder.Configuration.GetSection("Chat");
        if (builder.ExecutionContext.IsRunMode && string.IsNullOrEmpty(settings["ApiKey"]) && string.IsNullOrEmpty(settings["Endpoint"]))
            return null;

        return new ChatModel(
            builder.AddParameter("chat-api-key", () => settings["ApiKey"] ?? "", secret: true).WithHidden(),
            builder.AddParameter("chat-endpoint", () => (builder.ExecutionContext.IsRunMode ? settings["Endpoint"] : null) ?? OpenAI, publishValueAsDefault: true).WithHidden(),
            builder.AddParameter("chat-model", () => settings["Model"] ?? "").WithHidden());
    }
}

internal static class ChatModelReferences
{
    /// <summary>Without a model the service does its work without one.</summary>
    public static IResourceBuilder<ProjectResource> WithChatModel(this IResourceBuilder<ProjectResource> service, ChatModel? chat) => chat is null
        ? service
        : service
            .WithEnvironment("Chat__ApiKey", chat.ApiKey)
            .WithEnvironment("Chat__Endpoint", chat.Endpoint)
            .WithEnvironment("Chat__Model", chat.Model);
}
