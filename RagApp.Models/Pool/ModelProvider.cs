namespace RagApp.Models.Pool;

/// <summary>The API that a deployment speaks.</summary>
public enum ModelProvider
{
    /// <summary>OpenAI, and any endpoint with OpenAI's API.</summary>
    OpenAI,

    /// <summary>Azure OpenAI, by its version 1 API.</summary>
    Azure,

    Anthropic,

    /// <summary>Ollama, by its own API.</summary>
    Ollama,
}
