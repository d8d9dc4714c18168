using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using RagApp.Models.Providers.OpenAI;

namespace RagApp.Models.Chat;

/// <summary>
/// The chat model, section <c>Chat</c>: any OpenAI-compatible endpoint. Without a key, and without an endpoint other
/// than OpenAI's own, there is none.
/// </summary>
public sealed class ChatModelOptions : IValidatableObject
{
    public const string Section = "Chat";

    /// <summary>Base address of the API, ending where <c>/chat/completions</c> begins; OpenAI's own by default.</summary>
    [Required(ErrorMessage = "Chat:Endpoint is empty: leave it out for OpenAI's own.")]
    public Uri Endpoint { get; set; } = new(OpenAIConnection.OpenAIEndpoint);

    /// <summary>Key of the API; may stay empty for an endpoint that wants none.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Name of the model at the endpoint.</summary>
    [Required(ErrorMessage = "Chat:Model is missing: name the model that Chat:Endpoint serves.")]
    public string Model { get; set; } = "";

    /// <summary>Tokens that prompt and answer have together, 1,024 to 10,000,000; 128,000 by default.</summary>
    [Range(1024, 10_000_000, ErrorMessage = "Chat:MaxContextTokens lies between 1024 and 10000000.")]
    public int MaxContextTokens { get; set; } = 128_000;

    /// <summary>Most tokens of one answer, 16 to 1,000,000, fewer than MaxContextTokens; 2,048 by default.</summary>
    [Range(16, 1_000_000, ErrorMessage = "Chat:MaxOutputTokens lies between 16 and 1000000.")]
    public int MaxOutputTokens { get; set; } = 2048;

    /// <summary>Longest wait for the answer's first byte, and between two pieces of a stream, 00:00:01 to 00:30:00; 1 minute by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00", ErrorMessage = "Chat:Timeout lies between 00:00:01 and 00:30:00.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MaxOutputTokens >= MaxContextTokens)
            yield return new ValidationResult("Chat:MaxOutputTokens is less than Chat:MaxContextTokens: the prompt needs room too.");
    }
}

[OptionsValidator]
internal sealed partial class ChatModelOptionsValidator : IValidateOptions<ChatModelOptions>;
