using System.Numerics.Tensors;

namespace RagApp.Benchmarks.Index;

/// <summary>
/// Synthetic vectors distributed like those of sentence models: in a narrow cone, grouped by topic, with the passages of a
/// document close together. Each passage's vector is the sum of a common direction and those of its topic, its document and
/// itself; a question's vector is that of a passage with another individual direction. The cosine of unrelated passages is
/// about 0.75, that of two passages of a document about 0.93.
/// </summary>
internal sealed class TopicVectors(int dimension)
{
    private const int Topics = 1000;

    private readonly float[] _common = Direction(-1, dimension);
    private readonly float[][] _topics = [.. Enumerable.Range(0, Topics).Select(topic => Direction(-2 - topic, dimension))];

    public float[][] Document(int number, int passages)
    {
        var shared = Shared(number);
        return [.. Enumerable.Range(0, passages).Select(passage => With(shared, Direction(HashCode(number, passage), dimension)))];
    }

    public float[] Question(int document) => With(Shared(document), Direction(HashCode(document, -7), dimension));

    private static int HashCode(int number, int part) => unchecked((number * 7919) + part + 1_000_003);

    private float[] Shared(int document)
    {
        var shared = new float[dimension];
        TensorPrimitives.MultiplyAdd(_topics[new Random(document).Next(Topics)], 0.4f, _common, shared);
        TensorPrimitives.MultiplyAdd(Direction(HashCode(document, -3), dimension), 0.25f, shared, shared);
        return shared;
    }

    private static float[] With(float[] shared, float[] own)
    {
        TensorPrimitives.MultiplyAdd(own, 0.3f, shared, own);
        TensorPrimitives.Divide(own, TensorPrimitives.Norm(own), own);
        return own;
    }

    /// <summary>Random direction of length one. Sums of uniform numbers approximate a normal distribution well enough.</summary>
    private static float[] Direction(int seed, int dimension)
    {
        var random = new Random(seed);
        var direction = new float[dimension];
        for (var i = 0; i < dimension; i++)
            direction[i] = random.NextSingle() + random.NextSingle() + random.NextSingle() - 1.5f;
        TensorPrimitives.Divide(direction, TensorPrimitives.Norm(direction), direction);
        return direction;
    }
}
