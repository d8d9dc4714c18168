using System.Runtime.CompilerServices;
using Qdrant.Client.Grpc;
using RagApp.Storage.Index;
using RagApp.Storage.Qdrant.Client;

namespace RagApp.Storage.Qdrant.Payloads;

/// <summary>The fields of a point that a scan reads.</summary>
internal sealed record ScannedChunk(string Document, string? Incarnation, int Version, bool Live, string Model, string AccessFingerprint)
{
    private static readonly PointFields Fields = PointFields.Small(
        QdrantFields.Document, QdrantFields.Incarnation, QdrantFields.Version, QdrantFields.Live, QdrantFields.Model, QdrantFields.AccessFingerprint);

    /// <summary>
    /// Lists the indexed versions of a collection by document id. Points are ordered by the first characters of their document's
    /// id; documents with the same characters are sorted here, and only these are in memory at a time.
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

    /// <summary>The indexed version. A version that is not live gets no fingerprint, so that a sweep writes the document again.</summary>
    private IndexedVersion ToVersion(int chunks) => new(Document, Incarnation ?? "", Version, chunks, Live ? AccessFingerprint : "", Model);
}
