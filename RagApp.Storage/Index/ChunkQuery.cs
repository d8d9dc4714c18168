using RagApp.Contracts.Search;

namespace RagApp.Storage.Index;

/// <summary>A search for chunks. At least one of <paramref name="Text"/> and <paramref name="Vector"/> is given.</summary>
/// <param name="Text">Words for the keyword search; null for an empty keyword list.</param>
/// <param name="Vector">Vector for the dense search; null for an empty dense list.</param>
/// <param name="Model">Model that made <paramref name="Vector"/>; only chunks with vectors of the same model are compared.</param>
/// <param name="Limit">Largest number of chunks in each list.</param>
public sealed record ChunkQuery(string? Text, ReadOnlyMemory<float>? Vector, string? Model, int Limit)
{
    /// <summary>Filters by document properties, in addition to the permission filter; null for none.</summary>
    public SearchFilters? Filters { get; init; }
}
