using Qdrant.Client.Grpc;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant.Payloads;

/// <summary>The fields of a point that are read to count its terms.</summary>
internal sealed record CountedChunk(
    string Document, string Language, IReadOnlyList<string> Access, string Title, string Section, string Text, SparseVector Keywords)
{
    public static PointFields Fields { get; } = PointFields.WithText(
        QdrantFields.Keywords, QdrantFields.Document, QdrantFields.Language, QdrantFields.Access, QdrantFields.Title, QdrantFields.Section, QdrantFields.Text);

    public static CountedChunk Read(RetrievedPoint point) => new(
        point.Payload.Text(QdrantFields.Document),
        point.Payload.Text(QdrantFields.Language),
        point.Payload.Texts(QdrantFields.Access),
        point.Payload.Text(QdrantFields.Title),
        point.Payload.Text(QdrantFields.Section),
        point.Payload.Text(QdrantFields.Text),
        point.Vectors.Vectors.Vectors[QdrantFields.Keywords].Sparse);
}
