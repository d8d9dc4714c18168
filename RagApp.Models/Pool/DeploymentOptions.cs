using System.ComponentModel.DataAnnotations;

namespace RagApp.Models.Pool;

/// <summary>
/// A deployment of a model: section <c>Models:Chat:MODEL:Deployments:DEPLOYMENT</c>,
/// <c>Models:Embeddings:MODEL:Deployments:DEPLOYMENT</c> or <c>Models:Rerank:Deployments:DEPLOYMENT</c>. In the messages
/// <c>DEPLOYMENT</c> stands for the section.
/// </summary>
public sealed class DeploymentOptions
{
    /// <summary>Word of the messages that <see cref="DeploymentCheck"/> replaces by the section.</summary>
    internal const string Placeholder = "DEPLOYMENT:";

    /// <summary>
    /// The API of the endpoint, required: <c>openai</c> (also of other programs), <c>azure</c>, <c>anthropic</c>, <c>ollama</c>,
    /// <c>cohere</c> or <c>tei</c>, as far as it has the kind of model.
    /// </summary>
    [Required(ErrorMessage = "DEPLOYMENT:Provider is missing: name the API of the endpoint.")]
    public string Provider { get; set; } = "";

    /// <summary>Base address of the API; by default that of OpenAI, Anthropic or Cohere, or a local Ollama; required for Azure and TEI.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>API key; may stay empty for an endpoint that needs none.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Several API keys instead of one, each with the limits below; none by default.</summary>
    public IList<string> Keys { get; set; } = [];

    /// <summary>Name of the model at the provider; the name of the entry by default.</summary>
    public string? Model { get; set; }

    /// <summary>Region that processes the text, such as <c>eu</c>; unknown by default, and then callers bound to a region do not use it.</summary>
    public string? Region { get; set; }

    /// <summary>Requests per minute of each key, 1 to 10,000,000; no limit by default but that which the provider reports.</summary>
    [Range(1, 10_000_000, ErrorMessage = "DEPLOYMENT:RequestsPerMinute lies between 1 and 10000000.")]
    public int? RequestsPerMinute { get; set; }

    /// <summary>Tokens per minute of each key, 100 to 2,000,000,000; no limit by default but that which the provider reports.</summary>
    [Range(100, 2_000_000_000, ErrorMessage = "DEPLOYMENT:TokensPerMinute lies between 100 and 2000000000.")]
    public int? TokensPerMinute { get; set; }

    /// <summary>Share of the calls relative to other deployments of the tier, 0.01 to 1,000; 1 by default.</summary>
    [Range(0.01, 1000.0, ErrorMessage = "DEPLOYMENT:Weight lies between 0.01 and 1000.")]
    public double Weight { get; set; } = 1;

    /// <summary>Rank, 0 to 100: a higher tier is used when no lower one has capacity; 0 by default.</summary>
    [Range(0, 100, ErrorMessage = "DEPLOYMENT:Tier lies between 0 and 100.")]
    public int Tier { get; set; }

    /// <summary>Longest wait for the first byte of an answer, and between two pieces of a stream, 00:00:01 to 00:30:00; 1 minute by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00", ErrorMessage = "DEPLOYMENT:Timeout lies between 00:00:01 and 00:30:00.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The API of the endpoint, once the options are validated.</summary>
    internal ModelProvider Api => Enum.Parse<ModelProvider>(Provider, ignoreCase: true);

    /// <summary>The deployment with its keys.</summary>
    /// <param name="name">Name of the deployment in the configuration.</param>
    /// <param name="model">Name of the model in the configuration.</param>
    /// <param name="maxContextTokens">Largest number of tokens of prompt and answer together.</param>
    internal ConfiguredDeployment Configure(string name, string model, int maxContextTokens) => new(
        new Deployment(name, Api, Endpoint ?? ModelEndpoint.Of(Api), Model ?? model)
        {
            Region = Region,
            RequestsPerMinute = RequestsPerMinute,
            TokensPerMinute = TokensPerMinute,
            Weight = Weight,
            Tier = Tier,
            Timeout = Timeout,
            MaxContextTokens = maxContextTokens,
        },
        Keys.Count > 0 ? [.. Keys] : [ApiKey]);
}
