using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace RagApp.Gateway.Answers.Extractive;

/// <summary>How answers are quoted when no chat model is configured, section <c>Extractive</c>.</summary>
internal sealed class ExtractiveOptions
{
    public const string Section = "Extractive";

    /// <summary>Passages whose sentences are looked at, from the best, 1 to 20; 5 by default.</summary>
    [Range(1, 20, ErrorMessage = "Extractive:Passages lies between 1 and 20.")]
    public int Passages { get; set; } = 5;

    /// <summary>Most sentences quoted in one answer, 1 to 10; 3 by default.</summary>
    [Range(1, 10, ErrorMessage = "Extractive:MaxSentences lies between 1 and 10.")]
    public int MaxSentences { get; set; } = 3;

    /// <summary>
    /// Score below which the documents are held not to answer the question, 0 to 2; 0.95 by default, which is
    /// measured for the embedded model: on SQuAD it turns away 2 % of the questions that have an answer and 83 to
    /// 90 % of those about something else. Another embedding model has cosines of another size and wants its own.
    /// </summary>
    [Range(0.0, 2.0, ErrorMessage = "Extractive:MinScore lies between 0 and 2.")]
    public double MinScore { get; set; } = 0.95;
}

[OptionsValidator]
internal sealed partial class ExtractiveOptionsValidator : IValidateOptions<ExtractiveOptions>;
