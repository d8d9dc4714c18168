using System.ComponentModel.DataAnnotations;

namespace RagApp.Query.Search;

/// <summary>How a search is made, section <c>Search</c>.</summary>
internal sealed class SearchOptions
{
    public const string Section = "Search";

    /// <summary>Passages each list offers to the fusion, 10 to 1,000; 100 by default. Never fewer than are asked for.</summary>
    [Range(10, 1000, ErrorMessage = "Search:Candidates lies between 10 and 1000.")]
    public int Candidates { get; set; } = 100;

    /// <summary>
    /// How long a question waits for its vector before the search goes on with keywords alone, 00:00:00.100 to
    /// 00:00:30; 3 seconds by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:30", ErrorMessage = "Search:EmbeddingTimeout lies between 00:00:00.100 and 00:00:30.")]
    public TimeSpan EmbeddingTimeout { get; set; } = TimeSpan.FromSeconds(3);
}
