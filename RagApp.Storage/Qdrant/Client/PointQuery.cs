using Qdrant.Client.Grpc;
using RagApp.Storage.Qdrant.Collections;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>A query for the best points of a collection by one of its vectors.</summary>
/// <param name="Using">Name of the vector.</param>
/// <param name="Limit">Largest number of points, 1 to <see cref="CollectionLayout.LargestLimit"/>.</param>
internal sealed record PointQuery(VectorInput Vector, string Using, QdrantFilter Filter, int Limit)
{
    public SearchParams? Params { get; init; }

    /// <summary>The payload fields that are returned; none by default.</summary>
    public WithPayloadSelector Payload { get; init; } = new() { Enable = false };

    public static PointQuery ByMeaning(ReadOnlyMemory<float> vector, QdrantFilter filter, int limit) =>
        new(new VectorInput { Dense = new DenseVector { Data = { vector.ToArray() } } }, QdrantFields.Dense, filter, limit);

    public static PointQuery ByKeywords(SparseVector vector, QdrantFilter filter, int limit) =>
        new(new VectorInput { Sparse = vector }, QdrantFields.Keywords, filter, limit);

    public PointQuery ForTwiceAsMany() => this with { Limit = Math.Min(2 * Limit, CollectionLayout.LargestLimit) };

    public QueryPoints ToMessage(string collection) => new()
    {
        CollectionName = collection,
        Query = new Query { Nearest = Vector },
        Using = Using,
        Filter = Filter.ToMessage(),
        Params = Params,
        Limit = (ulong)Limit,
        WithPayload = Payload,
    };
}
