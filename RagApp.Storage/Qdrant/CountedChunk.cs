using System.Text.Json;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant;

/// <summary>What counting terms reads of a point.</summary>
internal sealed record CountedChunk(string Document, string Language, string Title, string Section, string Text)
{
    public static QdrantSelection Fields { get; } = QdrantSelection.Only(QdrantFields.Document, QdrantFields.Language, "title", "section", "text");

    public static CountedChunk Read(QdrantPoint point) => point.Payload!.Value.Deserialize(PayloadJson.Wire.CountedChunk)!;
}
