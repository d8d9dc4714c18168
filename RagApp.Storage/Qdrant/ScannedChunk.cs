using System.Runtime.CompilerServices;
using System.Text.Json;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant;

/// <summary>What a scan reads of a point.</summary>
internal sealed record ScannedChunk(string Document, string? Incarnation, int Version, bool Live, string Model, string AccessFingerprint)
{
    private static readonly QdrantSelection Fields = QdrantSelection.Only(
        QdrantFields.Document, QdrantFields.Incarnation, QdrantFields.Version, QdrantFields.Live, "model", "access_fingerprint");

    /// <summary>
    /// What a collection holds, by document id. Points come in the order of the first letters of their document's id:
    /// those of equal letters are put in order here, and no more than those are in memory.
    /// </summary>
    public static async IAsyncEnumerable<IndexedVersion> ScanAsync(
        QdrantClient client, string collection, QdrantFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chunks = client.ScrollAsync(collection, filter, Fields, QdrantSelection.None, cancellationToken).Select(Read);
        await foreach (var group in PointIds.GroupInOrderAsync(chunks, chunk => chunk.Document, cancellationToken))
        {
            foreach (var (version, count) in group.CountBy(chunk => chunk))
                yield return version.ToVersion(count);
        }
    }

    private static ScannedChunk Read(QdrantPoint point) => point.Payload!.Value.Deserialize(PayloadJson.Wire.ScannedChunk)!;

    /// <summary>One that does not answer has no access list that counts: a sweep writes the document again.</summary>
    private IndexedVersion ToVersion(int chunks) => new(Document, Incarnation ?? "", Version, chunks, Live ? AccessFingerprint : "", Model);
}
