using System.ComponentModel.DataAnnotations;

namespace RagApp.Query.Results.Rerank;

/// <summary>A reranker, section <c>Rerank</c>; off without <see cref="Endpoint"/>.</summary>
internal sealed class RerankOptions
{
    public const string Section = "Rerank";

    /// <summary>Address that passages are posted to, such as <c>https://api.cohere.com/v2/rerank</c>; none by default.</summary>
    [Required(ErrorMessage = "Rerank:Endpoint is empty: leave it out for none.")]
    public Uri Endpoint { get; set; } = null!;

    /// <summary>Its key, sent as a bearer token; none by default.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Its protocol: <c>cohere</c> (also Jina's, Voyage's and others') by default, or <c>tei</c> (Text Embeddings Inference).</summary>
    public RerankProtocol Protocol { get; set; } = RerankProtocol.Cohere;

    /// <summary>Name of the model, where the protocol wants one; none by default.</summary>
    public string? Model { get; set; }

    /// <summary>Passages that are judged, from the best, 2 to 200; 40 by default.</summary>
    [Range(2, 200, ErrorMessage = "Rerank:Candidates lies between 2 and 200.")]
    public int Candidates { get; set; } = 40;

    /// <summary>Longest wait, after which the order stays as it was, 00:00:00.050 to 00:00:30; half a second by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:30", ErrorMessage = "Rerank:Timeout lies between 00:00:00.050 and 00:00:30.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMilliseconds(500);
}

/// <summary>What a reranker is asked in.</summary>
internal enum RerankProtocol
{
    /// <summary><c>{query, documents, model}</c>, answered with <c>{results: [{index, relevance_score}]}</c>.</summary>
    Cohere,

    /// <summary><c>{query, texts}</c>, answered with <c>[{index, score}]</c>.</summary>
    Tei,
}
