using Qdrant.Client.Grpc;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>The fields and vectors of a point that a read returns; no others come back.</summary>
internal sealed record PointFields
{
    private PointFields(WithPayloadSelector payload, WithVectorsSelector vectors, uint pageSize) => (Payload, Vectors, PageSize) = (payload, vectors, pageSize);

    public WithPayloadSelector Payload { get; }

    public WithVectorsSelector Vectors { get; }

    /// <summary>Points in one page of a scroll.</summary>
    public uint PageSize { get; }

    /// <summary>Small fields, as names, numbers and flags.</summary>
    public static PointFields Small(params string[] fields) => new(Named(fields), new WithVectorsSelector { Enable = false }, pageSize: 500);

    /// <summary>Fields that hold text, with a vector that is as long as the text: some 10 kB a point, and pages of at most a few megabytes.</summary>
    public static PointFields WithText(string vector, params string[] fields) =>
        new(Named(fields), new WithVectorsSelector { Include = new VectorsSelector { Names = { vector } } }, pageSize: 100);

    public static WithPayloadSelector Named(params string[] fields) => new() { Include = new PayloadIncludeSelector { Fields = { fields } } };
}
