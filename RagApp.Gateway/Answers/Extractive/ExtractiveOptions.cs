using System.ComponentModel.DataAnnotations;

namespace RagApp.Gateway.Answers.Extractive;

/// <summary>Options of quoted answers, given when no chat model is configured; section <c>Extractive</c>.</summary>
internal sealed class ExtractiveOptions
{
    public const string Section = "Extractive";

    /// <summary>Number of best passages whose sentences are examined, 1 to 20; 8 by default.</summary>
    [Range(1, 20, ErrorMessage = "Extractive:Passages lies between 1 and 20.")]
    public int Passages { get; set; } = 8;

    /// <summary>
    /// Largest number of quotes in one answer, 1 to 10; 5 by default. On 146 questions to mixed files 5 answered 4 more than 3 and none worse; the page
    /// folds all but the first.
    /// </summary>
    [Range(1, 10, ErrorMessage = "Extractive:MaxQuotes lies between 1 and 10.")]
    public int MaxQuotes { get; set; } = 5;

    /// <summary>
    /// Confidence below which the answer is "not found", 0 to 1; 0.75 by default, chosen for the embedded model: of SQuAD's
    /// questions with an answer 1.2 % are below 0.5, and 3 % below 0.8 (docs/quality.md). Another embedding model has cosines of
    /// another size and needs its own value.
    /// </summary>
    [Range(0.0, 1.0, ErrorMessage = "Extractive:MinScore lies between 0 and 1.")]
    public double MinScore { get; set; } = 0.75;
}
