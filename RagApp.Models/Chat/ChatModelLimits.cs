using System.ComponentModel.DataAnnotations;

namespace RagApp.Models.Chat;

/// <summary>Name, token limits, tokenizer and price of one chat model.</summary>
public class ChatModelLimits : IValidatableObject
{
    /// <summary>Name of the model at the endpoint.</summary>
    [Required(ErrorMessage = "Chat:Model is missing: name the model that Chat:Endpoint serves.")]
    public string Model { get; set; } = "";

    /// <summary>Largest number of tokens of prompt and answer together, 1,024 to 10,000,000; 128,000 by default.</summary>
    [Range(1024, 10_000_000, ErrorMessage = "Chat:MaxContextTokens lies between 1024 and 10000000.")]
    public int MaxContextTokens { get; set; } = 128_000;

    /// <summary>Largest number of tokens of one answer, 16 to 1,000,000, fewer than MaxContextTokens; 2,048 by default.</summary>
    [Range(16, 1_000_000, ErrorMessage = "Chat:MaxOutputTokens lies between 16 and 1000000.")]
    public int MaxOutputTokens { get; set; } = 2048;

    /// <summary>
    /// Token encoding of the model, <c>o200k_base</c> or <c>cl100k_base</c>; by default it is chosen by the model's name. Set it
    /// when the name does not identify the model, as with a deployment that has a name of its own.
    /// </summary>
    [AllowedValues(null, "o200k_base", "cl100k_base", ErrorMessage = "Chat:Tokenizer is o200k_base or cl100k_base: leave it out for any other model.")]
    public string? Tokenizer { get; set; }

    /// <summary>Price of a million tokens of prompts in US dollars, 0 to 100,000; unknown by default, so that calls cost nothing.</summary>
    [Range(0.0, 100_000.0, ErrorMessage = "Chat:InputPrice lies between 0 and 100000 (US dollars per million tokens).")]
    public decimal? InputPrice { get; set; }

    /// <summary>Price of a million tokens of answers in US dollars, 0 to 100,000; unknown by default.</summary>
    [Range(0.0, 100_000.0, ErrorMessage = "Chat:OutputPrice lies between 0 and 100000 (US dollars per million tokens).")]
    public decimal? OutputPrice { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MaxOutputTokens >= MaxContextTokens)
            yield return new ValidationResult("Chat:MaxOutputTokens is less than Chat:MaxContextTokens: the prompt needs room too.");
        if (InputPrice is null != OutputPrice is null)
            yield return new ValidationResult("Chat:InputPrice and Chat:OutputPrice belong together: set both, or neither.");
    }
}
