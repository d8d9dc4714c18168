using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using RagApp.Models.Providers.OpenAI;

namespace RagApp.Models.Embeddings;

/// <summary>
/// A provider's embedding model, section <c>Embedding:Provider</c>: any OpenAI-compatible endpoint. Without a
/// key, and without an endpoint other than OpenAI's own, there is none. Sections of the same form below
/// <c>Embedding:Providers</c> are further ones.
/// </summary>
public sealed class EmbeddingProviderOptions
{
    public const string Section = "Embedding:Provider";
    public const string FurtherSection = "Embedding:Providers";

    /// <summary>Base address of the API, ending where <c>/embeddings</c> begins; OpenAI's own by default.</summary>
    [Required(ErrorMessage = "Embedding:Provider:Endpoint is empty: leave it out for OpenAI's own.")]
    public Uri Endpoint { get; set; } = new(OpenAIConnection.OpenAIEndpoint);

    /// <summary>Key of the API; may stay empty for an endpoint that wants none.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Name of the model at the endpoint.</summary>
    [Required(ErrorMessage = "Embedding:Provider:Model is missing: name the model that Embedding:Provider:Endpoint serves.")]
    public string Model { get; set; } = "";

    /// <summary>Numbers per vector that the model makes, 1 to 65,536; required, since the index is built for it.</summary>
    [Range(1, 65_536, ErrorMessage = "Embedding:Provider:Dimension is missing or not between 1 and 65536: say how many numbers the model's vectors have.")]
    public int Dimension { get; set; }

    /// <summary>Longest text in tokens, 16 to 1,000,000; 8,191 by default. Longer ones are refused by the provider, which counts.</summary>
    [Range(16, 1_000_000, ErrorMessage = "Embedding:Provider:MaxTokens lies between 16 and 1000000.")]
    public int MaxTokens { get; set; } = 8191;

    /// <summary>Weight of the dense list in hybrid search, 0 to 1; 0.5 by default. A weak model wants 0.2.</summary>
    [Range(0.0, 1.0, ErrorMessage = "Embedding:Provider:FusionWeight lies between 0 and 1.")]
    public double FusionWeight { get; set; } = 0.5;

    /// <summary>What the model wants in front of a question; nothing by default.</summary>
    public string QueryPrefix { get; set; } = "";

    /// <summary>What the model wants in front of a passage; nothing by default.</summary>
    public string PassagePrefix { get; set; } = "";

    /// <summary>Most texts in one call to the provider, 1 to 2,048; 64 by default.</summary>
    [Range(1, 2048, ErrorMessage = "Embedding:Provider:BatchSize lies between 1 and 2048.")]
    public int BatchSize { get; set; } = 64;

    /// <summary>Longest wait for one call, 00:00:01 to 00:10:00; 30 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ErrorMessage = "Embedding:Provider:Timeout lies between 00:00:01 and 00:10:00.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>The sentences of the annotations, with the section that is meant in the place of the first one.</summary>
internal sealed class EmbeddingProviderOptionsCheck : IValidateOptions<EmbeddingProviderOptions>
{
    public ValidateOptionsResult Validate(string? name, EmbeddingProviderOptions options)
    {
        var result = new DataAnnotationValidateOptions<EmbeddingProviderOptions>(name).Validate(name, options);
        return result.Failures is { } failures
            ? ValidateOptionsResult.Fail(failures.Select(failure => Named(failure, name)))
            : result;
    }

    private static string Named(string failure, string? section) =>
        failure.Contains(EmbeddingProviderOptions.Section, StringComparison.Ordinal) && !failure.Contains(EmbeddingProviderOptions.FurtherSection, StringComparison.Ordinal)
            ? failure.Replace(EmbeddingProviderOptions.Section, section, StringComparison.Ordinal)
            : $"{section}: {failure}";
}
