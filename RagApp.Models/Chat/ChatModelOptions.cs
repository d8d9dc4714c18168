using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using RagApp.Models.Providers.OpenAI;

namespace RagApp.Models.Chat;

/// <summary>
/// The chat models, section <c>Chat</c>: any OpenAI-compatible endpoint. Without a key, and without an endpoint other
/// than OpenAI's own, there is none.
/// </summary>
public sealed class ChatModelOptions : ChatModelLimits
{
    public const string Section = "Chat";

    /// <summary>Base address of the API, ending where <c>/chat/completions</c> begins; OpenAI's own by default.</summary>
    [Required(ErrorMessage = "Chat:Endpoint is empty: leave it out for OpenAI's own.")]
    public Uri Endpoint { get; set; } = new(OpenAIConnection.OpenAIEndpoint);

    /// <summary>Key of the API; may stay empty for an endpoint that wants none.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Longest wait for the answer's first byte, and between two pieces of a stream, 00:00:01 to 00:30:00; 1 minute by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00", ErrorMessage = "Chat:Timeout lies between 00:00:01 and 00:30:00.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Further models of the same endpoint, which a caller may name; none by default.</summary>
    [ValidateEnumeratedItems]
    public IList<ChatModelLimits> Others { get; set; } = [];
}
