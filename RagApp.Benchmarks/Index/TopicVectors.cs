using System.Numerics.Tensors;

namespace RagApp.Benchmarks.Index;

/// <summary>
/// Vectors that lie as those of sentence models do: in a narrow cone, by topics, the passages of a document near each
/// other. Each is a common direction, plus its topic's, its document's and its own; a question is a passage with
/// another part of its own. Cosines of unrelated ones are about 0.75, of a document's passages 0.93.
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

    /// <summary>One of length one; sums of uniform numbers are near enough to a normal distribution.</summary>
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
