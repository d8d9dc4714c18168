using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RagApp.Gateway.Answers.Model;

/// <summary>What the chat model can take and may give, section <c>Chat</c>.</summary>
internal sealed class ModelAnswererOptions : IValidatableObject
{
    public const string Section = "Chat";

    /// <summary>The model's context window in tokens, prompt and answer together, 1,024 to 10,000,000; 16,384 by default.</summary>
    [Range(1024, 10_000_000, ErrorMessage = "Chat:MaxContextTokens lies between 1024 and 10000000.")]
    public int MaxContextTokens { get; set; } = 16_384;

    /// <summary>Longest answer in tokens, 16 to 100,000 and less than the window; 1,024 by default.</summary>
    [Range(16, 100_000, ErrorMessage = "Chat:MaxOutputTokens lies between 16 and 100000.")]
    public int MaxOutputTokens { get; set; } = 1024;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MaxOutputTokens >= MaxContextTokens)
            yield return new ValidationResult("Chat:MaxOutputTokens is less than Chat:MaxContextTokens: the answer shares the window with the prompt.");
    }
}

[OptionsValidator]
internal sealed partial class ModelAnswererOptionsValidator : IValidateOptions<ModelAnswererOptions>;
