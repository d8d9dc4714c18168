using System.Numerics.Tensors;
using System.Text.Json.Nodes;

namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>A dense vector of length one, or a sparse one.</summary>
internal sealed record QueryVector(float[]? Dense, SortedDictionary<uint, float>? Sparse)
{
    public static QueryVector Parse(JsonNode? query) => query switch
    {
        JsonArray => new QueryVector(Normalized(Numbers(query)), Sparse: null),
        JsonObject => new QueryVector(Dense: null, Terms(query, "query")),
        _ => throw QdrantRefusal.Format("data did not match any variant of untagged enum QueryInterface"),
    };

    /// <summary>The server keeps and returns vectors that are compared by cosine with length one; a zero vector stays.</summary>
    public static float[] Normalized(float[] numbers)
    {
        var length = TensorPrimitives.Norm<float>(numbers);
        if (length > 0)
            TensorPrimitives.Divide(numbers, length, numbers);
        return numbers;
    }

    public static float[] Numbers(JsonNode numbers)
    {
        try
        {
            return [.. numbers.AsArray().Select(number => number!.GetValue<float>())];
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or NullReferenceException)
        {
            throw QdrantRefusal.Format("data did not match any variant of untagged enum VectorStruct");
        }
    }

    public static SortedDictionary<uint, float> Terms(JsonNode sparse, string place)
    {
        var (indices, values) = (sparse["indices"] as JsonArray, sparse["values"] as JsonArray);
        if (indices is null || values is null)
            throw QdrantRefusal.Format("data did not match any variant of untagged enum VectorStruct");
        if (indices.Count != values.Count)
            throw new QdrantRefusal(422, $"Validation error in JSON body: [{place}.values: Validation error: must be the same length as indices [{{}}]]");
        var terms = new SortedDictionary<uint, float>();
        foreach (var (index, value) in indices.Zip(values))
        {
            if (!terms.TryAdd(index!.GetValue<uint>(), value!.GetValue<float>()))
                throw new QdrantRefusal(422, $"Validation error in JSON body: [{place}.indices: Validation error: must be unique [{{}}]]");
        }
        return terms;
    }
}
