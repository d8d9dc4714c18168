namespace RagApp.Storage.Qdrant.Client;

/// <summary>What every good answer is wrapped in.</summary>
internal sealed record QdrantAnswer<T>(T? Result);

internal sealed record QdrantQueries(IReadOnlyList<QdrantQuery> Searches);

internal sealed record QdrantHits(IReadOnlyList<QdrantHit> Points);

internal sealed record QdrantCount(long Count);

internal sealed record QdrantCountRequest(bool Exact)
{
    public QdrantFilter? Filter { get; init; }
}

internal sealed record QdrantScrollRequest(int Limit, QdrantSelection WithPayload, QdrantSelection WithVector)
{
    public QdrantFilter? Filter { get; init; }
    public Guid? Offset { get; init; }
}

internal sealed record QdrantPage(IReadOnlyList<QdrantPoint> Points)
{
    public Guid? NextPageOffset { get; init; }
}

internal sealed record QdrantFacetRequest(string Key, int Limit, bool Exact)
{
    public QdrantFilter? Filter { get; init; }
}

internal sealed record QdrantFacets(IReadOnlyList<QdrantFacet> Hits);

/// <summary>How many points have a value.</summary>
internal sealed record QdrantFacet(string Value, long Count);

/// <summary>A write that was carried out: <c>completed</c>, or <c>acknowledged</c> where nobody waited.</summary>
internal sealed record QdrantUpdate(string Status);
