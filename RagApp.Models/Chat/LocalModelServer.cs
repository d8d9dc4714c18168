namespace RagApp.Models.Chat;

/// <summary>A program that serves models on this machine.</summary>
/// <param name="Id">Name of the program in the setting <c>Chat:Local</c>.</param>
/// <param name="Name">Name of the program as people know it.</param>
/// <param name="Port">Port that the program listens on unless it is told otherwise.</param>
public sealed record LocalModelServer(string Id, string Name, int Port)
{
    public static IReadOnlyList<LocalModelServer> Known { get; } =
    [
        new("ollama", "Ollama", 11434),
        new("lmstudio", "LM Studio", 1234),
        new("llamacpp", "llama.cpp", 8080),
        new("vllm", "vLLM", 8000),
    ];

    /// <summary>Base address of the program's OpenAI-compatible API.</summary>
    public Uri Endpoint => new($"http://127.0.0.1:{Port}/v1");

    /// <summary>Value of <c>Chat:Local</c> for one of the program's models.</summary>
    public string SettingFor(string model) => $"{Id}/{model}";
}
