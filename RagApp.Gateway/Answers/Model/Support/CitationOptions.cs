using System.ComponentModel.DataAnnotations;

namespace RagApp.Gateway.Answers.Model.Support;

/// <summary>How citations of a chat model are checked, section <c>Citations</c>.</summary>
internal sealed class CitationOptions
{
    public const string Section = "Citations";

    /// <summary>
    /// Least cosine between a statement and a sentence of its passage when they are in different languages, 0 to 1; 0.84
    /// by default, which is measured for the embedded model: sentences of 60 paragraphs in German, Spanish, Russian,
    /// Chinese and Arabic reach it with the same paragraph in English in 98, 100, 97, 87 and 90 of 100, with another one
    /// in less than one. Another embedding model has cosines of another size and wants its own.
    /// </summary>
    [Range(0.0, 1.0, ErrorMessage = "Citations:MinSimilarity lies between 0 and 1.")]
    public double MinSimilarity { get; set; } = 0.84;
}
