using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RagApp.Models.Chat;

/// <summary>
/// The chat models, section <c>Chat</c>: any OpenAI-compatible endpoint. No chat model is configured when the section has
/// neither a model of this machine, nor a key, nor an endpoint other than OpenAI's.
/// </summary>
public sealed class ChatModelOptions : ChatModelLimits
{
    public const string Section = "Chat";

    /// <summary>Base address of the API, without the <c>/chat/completions</c> at its end; OpenAI's address by default.</summary>
    [Required(ErrorMessage = "Chat:Endpoint is empty: leave it out for OpenAI's own.")]
    public Uri Endpoint { get; set; } = new(ModelEndpoint.OpenAI);

    /// <summary>API key; may stay empty for an endpoint that needs none.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Region that processes the text, such as <c>eu</c>; unknown by default, and then callers bound to a region cannot use the models.</summary>
    public string? Region { get; set; }

    /// <summary>
    /// Longest wait for the first byte of an answer, and between two pieces of a stream, 00:00:01 to 00:30:00; 1 minute by
    /// default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00", ErrorMessage = "Chat:Timeout lies between 00:00:01 and 00:30:00.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Model that a program on this machine serves at its usual port, as <c>PROGRAM/MODEL</c>: <c>ollama</c>, <c>lmstudio</c>,
    /// <c>llamacpp</c> or <c>vllm</c>. It stands for <see cref="Endpoint"/> and <see cref="ChatModelLimits.Model"/>, and for
    /// limits that fit such programs; none by default.
    /// </summary>
    [RegularExpression("^(ollama|lmstudio|llamacpp|vllm)/.+$", ErrorMessage = "Chat:Local is PROGRAM/MODEL, such as ollama/llama3.2; the programs are ollama, lmstudio, llamacpp and vllm.")]
    public string? Local { get; set; }

    /// <summary>Further models at the same endpoint that a caller may name; none by default.</summary>
    [ValidateEnumeratedItems]
    public IList<ChatModelLimits> Others { get; set; } = [];

    /// <summary>
    /// Applies <see cref="Local"/>, before the other settings are bound. Such programs read 4,096 tokens unless they are told
    /// otherwise, drop the beginning of a longer prompt without a word, and load a model only when it is first asked.
    /// </summary>
    internal void UseLocal(string? local)
    {
        var parts = local?.Split('/', 2) ?? [];
        if (parts.Length < 2 || LocalModelServer.Known.FirstOrDefault(server => server.Id == parts[0]) is not { } program)
            return;
        Endpoint = program.Endpoint;
        Model = parts[1];
        MaxContextTokens = 4096;
        MaxOutputTokens = 1024;
        Timeout = TimeSpan.FromMinutes(5);
    }
}
