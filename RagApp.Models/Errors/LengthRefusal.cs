namespace RagApp.Models.Errors;

/// <summary>Recognizes the refusal of an over-long text by its words, where a provider has no code for it.</summary>
internal static class LengthRefusal
{
    /// <summary>Words of OpenAI and those that imitate it, of Anthropic, Ollama, Cohere and Text Embeddings Inference.</summary>
    private static readonly string[] Words =
        ["maximum context length", "context length", "tokens per request", "too many tokens", "too long", "must have less than", "exceeds the context window", "exceed context limit"];

    /// <param name="body">Body of the response; it is not kept, since it can quote the text.</param>
    public static bool IsIn(string body) => Array.Exists(Words, words => body.Contains(words, StringComparison.OrdinalIgnoreCase));
}
