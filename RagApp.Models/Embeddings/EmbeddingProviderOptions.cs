using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RagApp.Models.Embeddings;

/// <summary>
/// An embedding model of a provider, section <c>Embedding:Provider</c>. No provider is configured when the section has neither a
/// key, nor an endpoint other than OpenAI's, nor a <see cref="Provider"/> other than OpenAI. Each section below
/// <c>Embedding:Providers</c> has the same form and configures a further model.
/// </summary>
public sealed class EmbeddingProviderOptions : IValidatableObject
{
    public const string Section = "Embedding:Provider";
    public const string FurtherSection = "Embedding:Providers";

    /// <summary>Interface of the provider: <c>openai</c> (default), <c>cohere</c>, <c>tei</c> or <c>ollama</c>.</summary>
    [EnumDataType(typeof(EmbeddingProviderKind), ErrorMessage = "Embedding:Provider:Provider is openai, cohere, tei or ollama.")]
    public EmbeddingProviderKind Provider { get; set; } = EmbeddingProviderKind.OpenAI;

    /// <summary>
    /// Base address of the API, without the <c>/embeddings</c> or <c>/embed</c> at its end. By default that of OpenAI or Cohere, or
    /// Ollama on this machine; TEI has none.
    /// </summary>
    public Uri? Endpoint { get; set; }

    /// <summary>API key; may stay empty for an endpoint that needs none.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Name of the model at the endpoint.</summary>
    [Required(ErrorMessage = "Embedding:Provider:Model is missing: name the model that Embedding:Provider:Endpoint serves.")]
    public string Model { get; set; } = "";

    /// <summary>Dimension of the model's vectors, 1 to 65,536; required, because the index is built for this dimension.</summary>
    [Range(1, 65_536, ErrorMessage = "Embedding:Provider:Dimension is missing or not between 1 and 65536: say how many numbers the model's vectors have.")]
    public int Dimension { get; set; }

    /// <summary>Longest text in tokens, 16 to 1,000,000; 8,191 by default. The provider counts the tokens and refuses longer texts.</summary>
    [Range(16, 1_000_000, ErrorMessage = "Embedding:Provider:MaxTokens lies between 16 and 1000000.")]
    public int MaxTokens { get; set; } = 8191;

    /// <summary>Weight of the dense list in hybrid search, 0 to 1; 0.5 by default. Use 0.2 for a weak model.</summary>
    [Range(0.0, 1.0, ErrorMessage = "Embedding:Provider:FusionWeight lies between 0 and 1.")]
    public double FusionWeight { get; set; } = 0.5;

    /// <summary>Text that the model expects in front of a question; empty by default.</summary>
    public string QueryPrefix { get; set; } = "";

    /// <summary>Text that the model expects in front of a passage; empty by default.</summary>
    public string PassagePrefix { get; set; } = "";

    /// <summary>
    /// Token encoding of the model, <c>cl100k_base</c> or <c>o200k_base</c>; by default it is known for OpenAI's models only. With
    /// it, over-long texts are recognized before the call.
    /// </summary>
    [AllowedValues(null, "o200k_base", "cl100k_base", ErrorMessage = "Embedding:Provider:Tokenizer is cl100k_base or o200k_base: leave it out for any other model.")]
    public string? Tokenizer { get; set; }

    /// <summary>
    /// Largest number of texts in one call to the provider, 1 to 2,048; by default 64, of Cohere 96, of TEI 32.
    /// </summary>
    [Range(1, 2048, ErrorMessage = "Embedding:Provider:BatchSize lies between 1 and 2048.")]
    public int? BatchSize { get; set; }

    /// <summary>
    /// Largest number of tokens in one call to the provider, estimated from the texts, 1,024 to 10,000,000; by default 200,000, of
    /// TEI 16,384, of Ollama 32,768.
    /// </summary>
    [Range(1024, 10_000_000, ErrorMessage = "Embedding:Provider:BatchTokens lies between 1024 and 10000000.")]
    public int? BatchTokens { get; set; }

    /// <summary>Longest time that a text waits for others to share its call, 0 s to 1 s; 5 ms by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01", ErrorMessage = "Embedding:Provider:BatchWait lies between 00:00:00 and 00:00:01.")]
    public TimeSpan BatchWait { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Largest number of calls to the provider at the same time, 1 to 256; 4 by default. Bulk work leaves one of them to questions.</summary>
    [Range(1, 256, ErrorMessage = "Embedding:Provider:Calls lies between 1 and 256.")]
    public int Calls { get; set; } = 4;

    /// <summary>Largest number of waiting texts, of questions and of bulk work each, 1 to 100,000; 8,192 by default.</summary>
    [Range(1, 100_000, ErrorMessage = "Embedding:Provider:QueueCapacity lies between 1 and 100000.")]
    public int QueueCapacity { get; set; } = 8192;

    /// <summary>Longest wait for one call to the provider, 00:00:01 to 00:10:00; 30 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ErrorMessage = "Embedding:Provider:Timeout lies between 00:00:01 and 00:10:00.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Largest number of texts in one call, as configured or as the provider takes.</summary>
    public int TextsPerCall => BatchSize ?? EmbeddingProviderDefaults.Of(Provider).Texts;

    /// <summary>Largest number of tokens in one call, as configured or as the provider takes.</summary>
    public int TokensPerCall => BatchTokens ?? EmbeddingProviderDefaults.Of(Provider).Tokens;

    /// <summary>Address of the API, as configured or as the provider has it.</summary>
    internal Uri Address => Endpoint ?? EmbeddingProviderDefaults.Of(Provider).Endpoint!;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if ((Endpoint ?? EmbeddingProviderDefaults.Of(Provider).Endpoint) is null)
            yield return new ValidationResult("Embedding:Provider:Endpoint is missing: give the address of the TEI server, such as http://127.0.0.1:8080.");
    }
}

/// <summary>Validates the options and names the section that was validated in each error message.</summary>
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
