using Qdrant.Client.Grpc;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>Selects the payload fields and vectors that a read returns.</summary>
internal sealed record PointFields
{
    private PointFields(WithPayloadSelector payload, WithVectorsSelector vectors, uint pageSize) => (Payload, Vectors, PageSize) = (payload, vectors, pageSize);

    public WithPayloadSelector Payload { get; }

    public WithVectorsSelector Vectors { get; }

    /// <summary>Number of points in one page of a scroll.</summary>
    public uint PageSize { get; }

    /// <summary>Selects small fields, such as names, numbers and flags.</summary>
    public static PointFields Small(params string[] fields) => new(Named(fields), new WithVectorsSelector { Enable = false }, pageSize: 500);

    /// <summary>Selects fields with text and a vector as long as the text: about 10 kB a point, in pages of at most a few megabytes.</summary>
    public static PointFields WithText(string vector, params string[] fields) =>
        new(Named(fields), new WithVectorsSelector { Include = new VectorsSelector { Names = { vector } } }, pageSize: 100);

    public static WithPayloadSelector Named(params string[] fields) => new() { Include = new PayloadIncludeSelector { Fields = { fields } } };
}
