using System.ComponentModel.DataAnnotations;

namespace RagApp.Models.Chat;

/// <summary>A chat model by its name, and what it takes and gives.</summary>
public class ChatModelLimits : IValidatableObject
{
    /// <summary>Name of the model at the endpoint.</summary>
    [Required(ErrorMessage = "Chat:Model is missing: name the model that Chat:Endpoint serves.")]
    public string Model { get; set; } = "";

    /// <summary>Tokens that prompt and answer have together, 1,024 to 10,000,000; 128,000 by default.</summary>
    [Range(1024, 10_000_000, ErrorMessage = "Chat:MaxContextTokens lies between 1024 and 10000000.")]
    public int MaxContextTokens { get; set; } = 128_000;

    /// <summary>Most tokens of one answer, 16 to 1,000,000, fewer than MaxContextTokens; 2,048 by default.</summary>
    [Range(16, 1_000_000, ErrorMessage = "Chat:MaxOutputTokens lies between 16 and 1000000.")]
    public int MaxOutputTokens { get; set; } = 2048;

    /// <summary>
    /// How its text is counted, <c>o200k_base</c> or <c>cl100k_base</c>; by the model's name when left out. Needed
    /// where the name does not tell, such as for a deployment with a name of its own.
    /// </summary>
    [AllowedValues(null, "o200k_base", "cl100k_base", ErrorMessage = "Chat:Tokenizer is o200k_base or cl100k_base: leave it out for any other model.")]
    public string? Tokenizer { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MaxOutputTokens >= MaxContextTokens)
            yield return new ValidationResult("Chat:MaxOutputTokens is less than Chat:MaxContextTokens: the prompt needs room too.");
    }
}
