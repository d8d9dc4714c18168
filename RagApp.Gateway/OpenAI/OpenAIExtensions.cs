namespace RagApp.Gateway.OpenAI;

internal static class OpenAIExtensions
{
    public static IServiceCollection AddOpenAIApi(this IServiceCollection services) => services.AddSingleton<ChatCompletions>();
}
