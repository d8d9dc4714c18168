using System.Runtime.CompilerServices;
using Qdrant.Client.Grpc;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant;

/// <summary>What a scan reads of a point.</summary>
internal sealed record ScannedChunk(string Document, string? Incarnation, int Version, bool Live, string Model, string AccessFingerprint)
{
    private static readonly PointFields Fields = PointFields.Small(
        QdrantFields.Document, QdrantFields.Incarnation, QdrantFields.Version, QdrantFields.Live, QdrantFields.Model, QdrantFields.AccessFingerprint);

    /// <summary>
    /// What a collection holds, by document id. Points come in the order of the first letters of their document's id:
    /// those of equal letters are put in order here, and no more than those are in memory.
    /// </summary>
    public static async IAsyncEnumerable<IndexedVersion> ScanAsync(
        QdrantPoints points, string collection, QdrantFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chunks = points.ScrollAsync(collection, filter, Fields, cancellationToken).Select(Read);
        await foreach (var group in PointIds.GroupInOrderAsync(chunks, chunk => chunk.Document, cancellationToken))
        {
            foreach (var (version, count) in group.CountBy(chunk => chunk))
                yield return version.ToVersion(count);
        }
    }

    private static ScannedChunk Read(RetrievedPoint point) => new(
        point.Payload.Text(QdrantFields.Document),
        point.Payload.FindText(QdrantFields.Incarnation),
        (int)point.Payload.Number(QdrantFields.Version),
        point.Payload.Flag(QdrantFields.Live),
        point.Payload.Text(QdrantFields.Model),
        point.Payload.Text(QdrantFields.AccessFingerprint));

    /// <summary>One that does not answer has no access list that counts: a sweep writes the document again.</summary>
    private IndexedVersion ToVersion(int chunks) => new(Document, Incarnation ?? "", Version, chunks, Live ? AccessFingerprint : "", Model);
}
