using System.ComponentModel.DataAnnotations;

namespace RagApp.Gateway.Answers.Reading;

/// <summary>Reading of passages for an answer, section <c>Reading</c>.</summary>
internal sealed class ReadingOptions
{
    public const string Section = "Reading";

    /// <summary>Largest number of passages that are read for one question, 1 to 24; 12 by default.</summary>
    [Range(1, 24, ErrorMessage = "Reading:Passages lies between 1 and 24.")]
    public int Passages { get; set; } = 12;

    /// <summary>Time that an answer waits for the reader before it goes on without it, 00:00:00.100 to 00:01:00; 5 seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00", ErrorMessage = "Reading:Timeout lies between 00:00:00.100 and 00:01:00.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Estimated probability that the quotes answer the question, below which the answer is "not found", 0 to 1; 0.25 by default.</summary>
    [Range(0.0, 1.0, ErrorMessage = "Reading:MinConfidence lies between 0 and 1.")]
    public double MinConfidence { get; set; } = 0.25;

    /// <summary>
    /// The same probability below which a chat model is not called and the answer is "not found", 0 to 1; 0.2 by default. It is lower, since a model can put
    /// together what stands in several places: of 146 questions with an answer 6 are below it, none of which the quotes answered.
    /// </summary>
    [Range(0.0, 1.0, ErrorMessage = "Reading:MinConfidenceForModel lies between 0 and 1.")]
    public double MinConfidenceForModel { get; set; } = 0.2;
}
