using System.Numerics.Tensors;
using Qdrant.Client.Grpc;

namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>A dense vector, normalised to length one, or a sparse vector.</summary>
internal sealed record QueryVector(float[]? Dense, SortedDictionary<uint, float>? Sparse)
{
    public static QueryVector Of(VectorInput input) => input.VariantCase switch
    {
        VectorInput.VariantOneofCase.Dense => OfDense(input.Dense.Data),
        VectorInput.VariantOneofCase.Sparse => OfSparse(input.Sparse),
        var other => throw new NotSupportedException($"The stand-in does not ask by {other}."),
    };

    public static QueryVector Of(Vector vector) => vector.VectorCase switch
    {
        Vector.VectorOneofCase.Dense => OfDense(vector.Dense.Data),
        Vector.VectorOneofCase.Sparse => OfSparse(vector.Sparse),
        var other => throw new NotSupportedException($"The stand-in does not keep {other}."),
    };

    public VectorOutput ToOutput() => Dense is not null
        ? new VectorOutput { Dense = new DenseVector { Data = { Dense } } }
        : new VectorOutput { Sparse = new SparseVector { Indices = { Sparse!.Keys }, Values = { Sparse.Values } } };

    public Vector ToVector() => Dense is not null
        ? new Vector { Dense = new DenseVector { Data = { Dense } } }
        : new Vector { Sparse = new SparseVector { Indices = { Sparse!.Keys }, Values = { Sparse.Values } } };

    /// <summary>Score of two vectors; null when sparse vectors have no term in common.</summary>
    public float? Score(QueryVector query)
    {
        if (query.Dense is { } dense)
            return TensorPrimitives.Dot<float>(Dense, dense);
        float? score = null;
        foreach (var (index, value) in query.Sparse!)
        {
            if (Sparse!.TryGetValue(index, out var weight))
                score = (score ?? 0) + (weight * value);
        }
        return score;
    }

    /// <summary>Normalises a vector, as the server does for cosine similarity when it stores one; a zero vector stays as it is.</summary>
    private static QueryVector OfDense(IEnumerable<float> data)
    {
        var numbers = data.ToArray();
        var length = TensorPrimitives.Norm<float>(numbers);
        if (length > 0)
            TensorPrimitives.Divide(numbers, length, numbers);
        return new QueryVector(numbers, Sparse: null);
    }

    private static QueryVector OfSparse(SparseVector vector)
    {
        if (vector.Indices.Count != vector.Values.Count)
            throw QdrantRefusal.Invalid("values: Validation error: must be the same length as indices [{}]");
        var terms = new SortedDictionary<uint, float>();
        foreach (var (index, value) in vector.Indices.Zip(vector.Values))
        {
            if (!terms.TryAdd(index, value))
                throw QdrantRefusal.Invalid("indices: Validation error: must be unique [{}]");
        }
        return new QueryVector(Dense: null, terms);
    }
}
