using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>The best points of a collection by one of its vectors.</summary>
/// <param name="Using">The vector's name.</param>
/// <param name="Limit">1 to the collection's <c>max_query_limit</c>.</param>
internal sealed record QdrantQuery(QdrantTarget Query, string Using, QdrantFilter Filter, int Limit)
{
    /// <summary>Points scoring less are left out; null for none.</summary>
    public float? ScoreThreshold { get; init; }

    public QdrantSearchParams? Params { get; init; }

    /// <summary>Which of the payload comes back; nothing by default.</summary>
    public QdrantSelection WithPayload { get; init; } = QdrantSelection.None;

    /// <summary>Which vectors come back; none by default.</summary>
    public QdrantSelection WithVector { get; init; } = QdrantSelection.None;

    public static QdrantQuery ByMeaning(ReadOnlyMemory<float> vector, QdrantFilter filter, int limit) =>
        new(new QdrantTarget(vector), QdrantFields.Dense, filter, limit);

    public static QdrantQuery ByKeywords(QdrantSparse vector, QdrantFilter filter, int limit) =>
        new(new QdrantTarget(vector), QdrantFields.Keywords, filter, limit);
}

/// <summary>How a query is carried out; null leaves a choice to the server.</summary>
internal sealed record QdrantSearchParams
{
    /// <summary>Compares every point that the filter leaves: right always, and no slower up to some 20,000.</summary>
    public bool? Exact { get; init; }

    public int? HnswEf { get; init; }
    public QdrantAcorn? Acorn { get; init; }
    public QdrantQuantizedSearch? Quantization { get; init; }
}

/// <param name="MaxSelectivity">Used when the filter leaves at most this share of the points, 0 to 1.</param>
internal sealed record QdrantAcorn(bool Enable, double MaxSelectivity);

/// <param name="Rescore">Whether the best by quantized vectors are compared again by the originals.</param>
/// <param name="Oversampling">How many times the limit is compared again, from 1.</param>
internal sealed record QdrantQuantizedSearch(bool Rescore, double Oversampling);

/// <summary>What points are compared with: a dense vector or a sparse one.</summary>
[JsonConverter(typeof(Converter))]
internal readonly struct QdrantTarget
{
    private readonly ReadOnlyMemory<float> _dense;
    private readonly QdrantSparse? _sparse;

    public QdrantTarget(ReadOnlyMemory<float> dense) => _dense = dense;

    public QdrantTarget(QdrantSparse sparse) => _sparse = sparse;

    internal sealed class Converter : JsonConverter<QdrantTarget>
    {
        public override QdrantTarget Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, QdrantTarget value, JsonSerializerOptions options)
        {
            if (value._sparse is { } sparse)
                JsonSerializer.Serialize(writer, sparse, (JsonTypeInfo<QdrantSparse>)options.GetTypeInfo(typeof(QdrantSparse)));
            else
                JsonSerializer.Serialize(writer, value._dense, (JsonTypeInfo<ReadOnlyMemory<float>>)options.GetTypeInfo(typeof(ReadOnlyMemory<float>)));
        }
    }
}
