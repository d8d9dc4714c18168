using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RagApp.Gateway.Answers.Extractive;

/// <summary>How answers are quoted when no chat model is configured, section <c>Extractive</c>.</summary>
internal sealed class ExtractiveOptions
{
    public const string Section = "Extractive";

    /// <summary>Passages whose sentences are looked at, from the best, 1 to 20; 3 by default.</summary>
    [Range(1, 20, ErrorMessage = "Extractive:Passages lies between 1 and 20.")]
    public int Passages { get; set; } = 3;

    /// <summary>Most sentences quoted in one answer, 1 to 10; 3 by default.</summary>
    [Range(1, 10, ErrorMessage = "Extractive:MaxSentences lies between 1 and 10.")]
    public int MaxSentences { get; set; } = 3;

    /// <summary>Score below which the documents are held not to answer the question, 0 to 2; TODO by default.</summary>
    [Range(0.0, 2.0, ErrorMessage = "Extractive:MinScore lies between 0 and 2.")]
    public double MinScore { get; set; } = 1.0;
}

[OptionsValidator]
internal sealed partial class ExtractiveOptionsValidator : IValidateOptions<ExtractiveOptions>;
