using System.ComponentModel.DataAnnotations;

namespace RagApp.Query.Results;

/// <summary>Options of the hits that are shown, section <c>Results</c>.</summary>
internal sealed class ResultsOptions
{
    public const string Section = "Results";

    /// <summary>Number of hits of one document that keep their full score, 1 to 100; 3 by default. The score of each further hit is halved.</summary>
    [Range(1, 100, ErrorMessage = "Results:PerDocument lies between 1 and 100.")]
    public int PerDocument { get; set; } = 3;

    /// <summary>Largest number of neighbouring passages joined into one hit, 1 (none is joined) to 10; 4 by default.</summary>
    [Range(1, 10, ErrorMessage = "Results:MaxJoined lies between 1 and 10.")]
    public int MaxJoined { get; set; } = 4;

    /// <summary>Number of best passages that a reranker scores, 2 to 200; 40 by default.</summary>
    [Range(2, 200, ErrorMessage = "Results:RerankCandidates lies between 2 and 200.")]
    public int RerankCandidates { get; set; } = 40;

    /// <summary>Time to wait for the reranker before the order stays as it is, 00:00:00.050 to 00:00:30; half a second by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:30", ErrorMessage = "Results:RerankTimeout lies between 00:00:00.050 and 00:00:30.")]
    public TimeSpan RerankTimeout { get; set; } = TimeSpan.FromMilliseconds(500);
}
