using System.ComponentModel.DataAnnotations;

namespace RagApp.Gateway.Answers.Agentic;

/// <summary>
/// Bounds of one agentic answer, section <c>AgenticSearch</c>. At a bound the model gets no more tools and has to answer with what it has.
/// </summary>
internal sealed class AgenticOptions
{
    public const string Section = "AgenticSearch";

    /// <summary>Largest number of calls of the model, that of the answer included, 2 to 20; 5 by default.</summary>
    [Range(2, 20, ErrorMessage = "AgenticSearch:Rounds lies between 2 and 20.")]
    public int Rounds { get; set; } = 5;

    /// <summary>Largest number of tool calls, 1 to 50; 8 by default.</summary>
    [Range(1, 50, ErrorMessage = "AgenticSearch:ToolCalls lies between 1 and 50.")]
    public int ToolCalls { get; set; } = 8;

    /// <summary>Largest number of tokens of all prompts and answers together, 4,000 to 2,000,000; 60,000 by default.</summary>
    [Range(4_000, 2_000_000, ErrorMessage = "AgenticSearch:Tokens lies between 4,000 and 2,000,000.")]
    public int Tokens { get; set; } = 60_000;

    /// <summary>Time from the question until the last search has ended, 00:00:01 to 00:10:00; 1 minute by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ErrorMessage = "AgenticSearch:Time lies between 00:00:01 and 00:10:00.")]
    public TimeSpan Time { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Largest number of passages that one search returns, 1 to 20; 6 by default.</summary>
    [Range(1, 20, ErrorMessage = "AgenticSearch:Top lies between 1 and 20.")]
    public int Top { get; set; } = 6;
}
