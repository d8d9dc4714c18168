using Microsoft.Extensions.AI;
using RagApp.Models.Providers.OpenAI;

namespace RagApp.Models.Providers.Azure;

/// <summary>Chat with Azure OpenAI by its version 1 API, which is OpenAI's below <c>/openai/v1</c>; the model is the name of the Azure deployment.</summary>
internal static class AzureChat
{
    private const string Path = "/openai/v1/";

    public static IChatClient Open(HttpClient http, Uri endpoint, string model, string key) =>
        OpenAIChat.Open(http, BaseOf(endpoint), model, key);

    /// <summary>Base address of the API of a resource, such as <c>https://NAME.openai.azure.com</c>; an address with a path is left as it is.</summary>
    public static Uri BaseOf(Uri resource) => resource.AbsolutePath == "/" ? new Uri(resource, Path) : resource;
}
