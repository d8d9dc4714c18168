namespace RagApp.Models.Errors;

/// <summary>Recognizes by its words that a model takes no tools, where a provider has no code for it.</summary>
internal static class ToolRefusal
{
    /// <summary>Words of Ollama, vLLM, llama.cpp and OpenRouter.</summary>
    private static readonly string[] Words =
        ["does not support tools", "tool choice requires --", "tools param requires", "unsupported param: tools", "support tool use"];

    /// <param name="message">Message of the provider, which is only searched for these words.</param>
    public static bool IsIn(string message) => Array.Exists(Words, words => message.Contains(words, StringComparison.OrdinalIgnoreCase));
}
