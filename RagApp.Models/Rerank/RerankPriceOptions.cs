using System.ComponentModel.DataAnnotations;

namespace RagApp.Models.Rerank;

/// <summary>Price of a reranker. In the messages <c>RERANK</c> stands for the section.</summary>
public abstract class RerankPriceOptions
{
    /// <summary>Word of the messages that <see cref="RerankCheck"/> replaces by the section.</summary>
    internal const string Placeholder = "RERANK:";

    /// <summary>Price of a thousand searches in US dollars, 0 to 100,000, for providers that count searches of up to 100 documents; unknown by default.</summary>
    [Range(0.0, 100_000.0, ErrorMessage = "RERANK:SearchPrice lies between 0 and 100000 (US dollars per thousand searches).")]
    public decimal? SearchPrice { get; set; }

    /// <summary>Price of a million tokens in US dollars, 0 to 100,000, for providers that count tokens; unknown by default.</summary>
    [Range(0.0, 100_000.0, ErrorMessage = "RERANK:InputPrice lies between 0 and 100000 (US dollars per million tokens).")]
    public decimal? InputPrice { get; set; }
}
