using System.ComponentModel.DataAnnotations;

namespace RagApp.Query.Ranking;

/// <summary>What counts as found, section <c>Search</c>.</summary>
internal sealed class RankingOptions
{
    public const string Section = "Search";

    /// <summary>
    /// Relevance of the best passage below which a hybrid search finds nothing, 0 to 1; 0.01 by default, at which half a
    /// percent of the Chinese questions with an answer are lost, and 1.2 % at 0.02. 0 turns it off.
    /// </summary>
    [Range(0.0, 1.0, ErrorMessage = "Search:MinRelevance lies between 0 and 1.")]
    public double MinRelevance { get; set; } = 0.01;
}
