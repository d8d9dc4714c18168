using System.Text.Json;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant;

/// <summary>What a scan reads of a point.</summary>
internal sealed record ScannedChunk(string Document, int Version, bool Live, string Model, string AccessFingerprint)
{
    public static QdrantSelection Fields { get; } = QdrantSelection.Only(
        QdrantFields.Document, QdrantFields.Version, QdrantFields.Live, "model", "access_fingerprint");

    public static ScannedChunk Read(QdrantPoint point) => point.Payload!.Value.Deserialize(PayloadJson.Wire.ScannedChunk)!;

    /// <summary>One that does not answer has no access list that counts: a sweep writes the document again.</summary>
    public IndexedVersion ToVersion(int chunks) => new(Document, Version, chunks, Live ? AccessFingerprint : "", Model);
}
