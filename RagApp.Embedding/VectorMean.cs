using System.Numerics.Tensors;

namespace RagApp.Embedding;

/// <summary>The vector of a text that was embedded in parts.</summary>
internal static class VectorMean
{
    /// <summary>The mean of the parts' vectors, each with its weight, scaled to length one.</summary>
    /// <param name="parts">At least one part; the weight is its length.</param>
    public static float[] Of(IReadOnlyList<(ReadOnlyMemory<float> Vector, int Weight)> parts)
    {
        var mean = new float[parts[0].Vector.Length];
        foreach (var (vector, weight) in parts)
            TensorPrimitives.MultiplyAdd(vector.Span, weight, mean, mean);
        TensorPrimitives.Divide(mean, TensorPrimitives.Norm<float>(mean), mean);
        return mean;
    }
}
