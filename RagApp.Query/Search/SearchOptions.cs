using System.ComponentModel.DataAnnotations;

namespace RagApp.Query.Search;

/// <summary>Options of a search, section <c>Search</c>.</summary>
internal sealed class SearchOptions
{
    public const string Section = "Search";

    /// <summary>Number of candidates that each list contributes, 10 to 1,000; 100 by default. A search for more passages raises it.</summary>
    [Range(10, 1000, ErrorMessage = "Search:Candidates lies between 10 and 1000.")]
    public int Candidates { get; set; } = 100;

    /// <summary>
    /// Time a search waits for the question's vector before it goes on with keywords alone, 00:00:00.100 to 00:00:30; 3 seconds by
    /// default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:30", ErrorMessage = "Search:EmbeddingTimeout lies between 00:00:00.100 and 00:00:30.")]
    public TimeSpan EmbeddingTimeout { get; set; } = TimeSpan.FromSeconds(3);
}
