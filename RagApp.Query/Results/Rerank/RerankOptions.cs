using System.ComponentModel.DataAnnotations;

namespace RagApp.Query.Results.Rerank;

/// <summary>
/// Options of the reranker, section <c>Rerank</c>; without <see cref="Endpoint"/> and <see cref="UseService"/> there is none.
/// </summary>
internal sealed class RerankOptions : IValidatableObject
{
    public const string Section = "Rerank";

    /// <summary>
    /// True to rerank with the embedding service, whose own settings of this section name the provider; false, the default, to call
    /// <see cref="Endpoint"/>.
    /// </summary>
    public bool UseService { get; set; }

    /// <summary>Address that passages are posted to, such as <c>https://api.cohere.com/v2/rerank</c>; none by default.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>API key, sent as a bearer token; none by default.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>
    /// Protocol of the reranker: <c>cohere</c> (default; Jina, Voyage and others speak it too) or <c>tei</c> (Text Embeddings
    /// Inference).
    /// </summary>
    public RerankProtocol Protocol { get; set; } = RerankProtocol.Cohere;

    /// <summary>Name of the model, for protocols that need one; none by default.</summary>
    public string? Model { get; set; }

    /// <summary>Number of best passages to score, 2 to 200; 40 by default.</summary>
    [Range(2, 200, ErrorMessage = "Rerank:Candidates lies between 2 and 200.")]
    public int Candidates { get; set; } = 40;

    /// <summary>Time to wait for the reranker before the order stays as it is, 00:00:00.050 to 00:00:30; half a second by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:30", ErrorMessage = "Rerank:Timeout lies between 00:00:00.050 and 00:00:30.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMilliseconds(500);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!UseService && Endpoint is null)
            yield return new ValidationResult("Rerank:Endpoint is empty: leave it out for none.");
    }
}

/// <summary>Protocol of a reranker.</summary>
internal enum RerankProtocol
{
    /// <summary>Request <c>{query, documents, model}</c>, response <c>{results: [{index, relevance_score}]}</c>.</summary>
    Cohere,

    /// <summary>Request <c>{query, texts}</c>, response <c>[{index, score}]</c>.</summary>
    Tei,
}
