using System.ComponentModel.DataAnnotations;

namespace RagApp.Models.Rerank;

/// <summary>The reranker of the embedding service, section <c>Rerank</c>; without <see cref="Endpoint"/> there is none.</summary>
public sealed class RerankOptions
{
    public const string Section = "Rerank";

    /// <summary>Interface of the provider: <c>cohere</c> (default; Jina, Voyage and others have it too) or <c>tei</c>.</summary>
    [EnumDataType(typeof(RerankProvider), ErrorMessage = "Rerank:Provider is cohere or tei.")]
    public RerankProvider Provider { get; set; } = RerankProvider.Cohere;

    /// <summary>Address that documents are posted to, such as <c>https://api.cohere.com/v2/rerank</c>; none by default.</summary>
    [Required(ErrorMessage = "Rerank:Endpoint is empty: leave it out for none.")]
    public Uri Endpoint { get; set; } = null!;

    /// <summary>API key, sent as a bearer token; none by default.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Name of the model, for providers that need one; none by default.</summary>
    public string? Model { get; set; }

    /// <summary>Longest wait for one call to the provider, 00:00:00.050 to 00:00:30; 5 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:30", ErrorMessage = "Rerank:Timeout lies between 00:00:00.050 and 00:00:30.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);
}
