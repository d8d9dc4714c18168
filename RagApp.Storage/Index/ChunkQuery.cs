using RagApp.Contracts.Search;

namespace RagApp.Storage.Index;

/// <summary>What to look for. At least one of <paramref name="Text"/> and <paramref name="Vector"/> is given.</summary>
/// <param name="Text">Words for the keyword list; null leaves that list empty.</param>
/// <param name="Vector">Vector for the dense list; null leaves that list empty.</param>
/// <param name="Model">Model that made <paramref name="Vector"/>: only chunks of the same model are compared.</param>
/// <param name="Limit">How many chunks each list finds.</param>
public sealed record ChunkQuery(string? Text, ReadOnlyMemory<float>? Vector, string? Model, int Limit)
{
    /// <summary>What the chunks' documents must be besides readable; null for anything.</summary>
    public SearchFilters? Filters { get; init; }
}
