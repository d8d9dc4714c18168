using System.ComponentModel.DataAnnotations;

namespace RagApp.Gateway.Answers.Model.Support;

/// <summary>Options of checking a chat model's citations, section <c>Citations</c>.</summary>
internal sealed class CitationOptions
{
    public const string Section = "Citations";

    /// <summary>
    /// Least cosine similarity between a statement and a sentence of its passage in another language, 0 to 1; 0.84 by default.
    /// Measured for the embedded model: sentences of 60 paragraphs in German, Spanish, Russian, Chinese and Arabic reach 0.84 with the
    /// same paragraph in English in 98, 100, 97, 87 and 90 of 100 cases, and with another paragraph in less than one of 100. Another
    /// embedding model has cosines of another size and needs its own value.
    /// </summary>
    [Range(0.0, 1.0, ErrorMessage = "Citations:MinSimilarity lies between 0 and 1.")]
    public double MinSimilarity { get; set; } = 0.84;
}
