namespace RagApp.AppHost;

/// <summary>
/// The chat model that writes answers, an OpenAI-compatible one. With neither <c>Chat:ApiKey</c> nor <c>Chat:Endpoint</c>
/// a run has none, and answers quote the documents.
/// </summary>
internal static class ChatModel
{
    public static IResourceBuilder<ProjectResource> WithChatModel(this IResourceBuilder<ProjectResource> gateway)
    {
        var builder = gateway.ApplicationBuilder;
        var settings = builder.Configuration.GetSection("Chat");
        if (builder.ExecutionContext.IsRunMode && string.IsNullOrEmpty(settings["ApiKey"]) && string.IsNullOrEmpty(settings["Endpoint"]))
            return gateway;

        var apiKey = builder.AddParameter("chat-api-key", () => settings["ApiKey"] ?? "", secret: true);
        var endpoint = builder.AddParameter("chat-endpoint", () => settings["Endpoint"] ?? "https://api.openai.com/v1", publishValueAsDefault: true);
        var model = builder.AddParameter("chat-model", () => settings["Model"] ?? "");
        return gateway
            .WithEnvironment("Chat__ApiKey", apiKey)
            .WithEnvironment("Chat__Endpoint", endpoint)
            .WithEnvironment("Chat__Model", model);
    }
}
