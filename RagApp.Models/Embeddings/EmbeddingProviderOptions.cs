using System.ComponentModel.DataAnnotations;
using RagApp.Models.Pool;

namespace RagApp.Models.Embeddings;

/// <summary>
/// An embedding model of a provider with one deployment, section <c>Embedding:Provider</c>. No provider is configured when the
/// section has neither a key, nor an endpoint other than OpenAI's, nor a <see cref="Provider"/> other than OpenAI. Each section below
/// <c>Embedding:Providers</c> has the same form and configures a further model. Several deployments of a model are entries of
/// <see cref="EmbeddingEntryOptions"/>.
/// </summary>
public sealed class EmbeddingProviderOptions : EmbeddingModelOptions
{
    public const string Section = "Embedding:Provider";
    public const string FurtherSection = "Embedding:Providers";

    /// <summary>Name of the only deployment.</summary>
    internal const string OnlyDeployment = "provider";

    /// <summary>Interface of the provider: <c>openai</c> (default), <c>azure</c>, <c>cohere</c>, <c>tei</c> or <c>ollama</c>.</summary>
    public string Provider { get; set; } = "openai";

    /// <summary>
    /// Base address of the API, without the <c>/embeddings</c> or <c>/embed</c> at its end. By default that of OpenAI or Cohere, or
    /// Ollama on this machine; Azure and TEI have none.
    /// </summary>
    public Uri? Endpoint { get; set; }

    /// <summary>API key; may stay empty for an endpoint that needs none.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Name of the model at the endpoint.</summary>
    [Required(ErrorMessage = "MODEL:Model is missing: name the model that MODEL:Endpoint serves.")]
    public string Model { get; set; } = "";

    /// <summary>Region that processes the text, such as <c>eu</c>; unknown by default, and then callers bound to a region cannot use the model.</summary>
    public string? Region { get; set; }

    /// <summary>Longest wait for one call to the provider, 00:00:01 to 00:10:00; 30 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ErrorMessage = "MODEL:Timeout lies between 00:00:01 and 00:10:00.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The deployment that the section describes.</summary>
    internal DeploymentOptions Deployment => new()
    {
        Provider = Provider.ToLowerInvariant(),
        Endpoint = Endpoint,
        ApiKey = ApiKey,
        Region = Region,
        Timeout = Timeout,
    };
}
