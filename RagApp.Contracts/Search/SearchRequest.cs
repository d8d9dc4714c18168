namespace RagApp.Contracts.Search;

/// <summary>Body of <c>POST /search</c>.</summary>
/// <param name="Query">What to look for, 1 to 4,000 characters.</param>
/// <param name="Top">How many passages to return, 1 to 100; 10 when left out.</param>
/// <param name="Mode">Which lists take part; hybrid when left out.</param>
public sealed record SearchRequest(string Query, int? Top = null, SearchMode? Mode = null);
