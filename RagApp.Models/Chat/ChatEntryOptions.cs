using System.ComponentModel.DataAnnotations;
using RagApp.Models.Pool;

namespace RagApp.Models.Chat;

/// <summary>A chat model of the pool, section <c>Models:Chat:MODEL</c>.</summary>
public sealed class ChatEntryOptions
{
    /// <summary>Largest number of tokens of prompt and answer together, 1,024 to 10,000,000; 128,000 by default.</summary>
    [Range(1024, 10_000_000, ErrorMessage = "Models:Chat:MODEL:MaxContextTokens lies between 1024 and 10000000.")]
    public int MaxContextTokens { get; set; } = 128_000;

    /// <summary>Largest number of tokens of one answer, 16 to 1,000,000, fewer than MaxContextTokens; 2,048 by default.</summary>
    [Range(16, 1_000_000, ErrorMessage = "Models:Chat:MODEL:MaxOutputTokens lies between 16 and 1000000.")]
    public int MaxOutputTokens { get; set; } = 2048;

    /// <summary>Token encoding of the model, <c>o200k_base</c> or <c>cl100k_base</c>; chosen by the model's name by default.</summary>
    [AllowedValues(null, "o200k_base", "cl100k_base", ErrorMessage = "Models:Chat:MODEL:Tokenizer is o200k_base or cl100k_base: leave it out for any other model.")]
    public string? Tokenizer { get; set; }

    /// <summary>Price of a million tokens of prompts in US dollars, 0 to 100,000; unknown by default.</summary>
    [Range(0.0, 100_000.0, ErrorMessage = "Models:Chat:MODEL:InputPrice lies between 0 and 100000 (US dollars per million tokens).")]
    public decimal? InputPrice { get; set; }

    /// <summary>Price of a million tokens of answers in US dollars, 0 to 100,000; unknown by default.</summary>
    [Range(0.0, 100_000.0, ErrorMessage = "Models:Chat:MODEL:OutputPrice lies between 0 and 100000 (US dollars per million tokens).")]
    public decimal? OutputPrice { get; set; }

    /// <summary>Trial of another model for a share of the calls; none by default.</summary>
    public CanaryOptions? Canary { get; set; }

    /// <summary>Deployments of the model by their names; at least one.</summary>
    [MinLength(1, ErrorMessage = "Models:Chat:MODEL:Deployments is empty: configure a deployment, such as Models:Chat:MODEL:Deployments:main:Provider.")]
    public Dictionary<string, DeploymentOptions> Deployments { get; set; } = new(StringComparer.Ordinal);
}
