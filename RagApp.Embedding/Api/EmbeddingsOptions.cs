using System.ComponentModel.DataAnnotations;

namespace RagApp.Embedding.Api;

/// <summary>Limits of one embedding request, section <c>Embedding</c>.</summary>
public sealed class EmbeddingsOptions
{
    public const string Section = "Embedding";

    /// <summary>Largest number of texts in one request, 1 to 2,048; 256 by default.</summary>
    [Range(1, 2048, ErrorMessage = "Embedding:MaxTexts lies between 1 and 2048.")]
    public int MaxTexts { get; set; } = 256;
}
