using System.Text.Json;
using System.Text.Json.Serialization;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant;

/// <summary>What counting terms reads of a point.</summary>
internal sealed record CountedChunk(
    string Document, string Language, [property: JsonPropertyName(QdrantFields.Access)] IReadOnlyList<string> Access, string Title, string Section, string Text)
{
    public static QdrantSelection Fields { get; } = QdrantSelection.Only(QdrantFields.Document, QdrantFields.Language, QdrantFields.Access, "title", "section", "text");

    public static CountedChunk Read(QdrantPoint point) => point.Payload!.Value.Deserialize(PayloadJson.Wire.CountedChunk)!;
}
