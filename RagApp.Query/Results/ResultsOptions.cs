using System.ComponentModel.DataAnnotations;

namespace RagApp.Query.Results;

/// <summary>What is shown of the ranked passages, section <c>Results</c>.</summary>
internal sealed class ResultsOptions
{
    public const string Section = "Results";

    /// <summary>Hits of one document before those of others that are at least half as good go first, 1 to 100; 3 by default.</summary>
    [Range(1, 100, ErrorMessage = "Results:PerDocument lies between 1 and 100.")]
    public int PerDocument { get; set; } = 3;

    /// <summary>Most passages of a document that follow each other and are joined into one hit, 1 (none is joined) to 10; 4 by default.</summary>
    [Range(1, 10, ErrorMessage = "Results:MaxJoined lies between 1 and 10.")]
    public int MaxJoined { get; set; } = 4;
}
