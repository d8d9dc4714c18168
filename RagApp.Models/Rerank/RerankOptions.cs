using System.ComponentModel.DataAnnotations;
using RagApp.Models.Pool;

namespace RagApp.Models.Rerank;

/// <summary>
/// The reranker of the embedding service with one deployment, section <c>Rerank</c>; without <see cref="Endpoint"/> there is none.
/// Several deployments are entries of <see cref="RerankEntryOptions"/>.
/// </summary>
public sealed class RerankOptions : RerankPriceOptions
{
    public const string Section = "Rerank";

    /// <summary>Name of the only deployment.</summary>
    internal const string OnlyDeployment = "provider";

    /// <summary>Interface of the provider: <c>cohere</c> (default; Jina, Voyage and others have it too) or <c>tei</c>.</summary>
    public string Provider { get; set; } = "cohere";

    /// <summary>Address that documents are posted to, such as <c>https://api.cohere.com/v2/rerank</c>; none by default.</summary>
    [Required(ErrorMessage = "RERANK:Endpoint is empty: leave it out for none.")]
    public Uri Endpoint { get; set; } = null!;

    /// <summary>API key, sent as a bearer token; none by default.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Name of the model, for providers that need one; none by default.</summary>
    public string? Model { get; set; }

    /// <summary>Region that processes the text, such as <c>eu</c>; unknown by default, and then callers bound to a region cannot use the reranker.</summary>
    public string? Region { get; set; }

    /// <summary>Longest wait for one call to the provider, 00:00:00.050 to 00:00:30; 5 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:30", ErrorMessage = "RERANK:Timeout lies between 00:00:00.050 and 00:00:30.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The deployment that the section describes.</summary>
    internal ConfiguredDeployment Deployment => new(
        new Deployment(OnlyDeployment, Enum.Parse<ModelProvider>(Provider, ignoreCase: true), Endpoint, Model ?? "") { Region = Region, Timeout = Timeout }, [ApiKey]);
}
