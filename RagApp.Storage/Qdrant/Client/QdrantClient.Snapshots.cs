using System.Net.Http.Headers;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>Snapshots: each node makes, keeps and takes in its own.</summary>
internal sealed partial class QdrantClient
{
    /// <summary>Makes a snapshot of the collection's shards that the node holds, on the node's own disk.</summary>
    public Task<QdrantSnapshot> CreateSnapshotAsync(Uri node, string collection, CancellationToken cancellationToken) =>
        transport.SendLongAsync(new QdrantRequest(HttpMethod.Post, $"{Snapshots(collection)}?wait=true") { Node = node }, Json.SnapshotAnswer, cancellationToken);

    public Task<IReadOnlyList<QdrantSnapshot>> ListSnapshotsAsync(Uri node, string collection, CancellationToken cancellationToken) =>
        transport.SendAsync(new QdrantRequest(HttpMethod.Get, Snapshots(collection)) { Node = node }, Json.SnapshotsAnswer, cancellationToken);

    /// <summary>The snapshot's bytes; the caller disposes the stream, and compares the checksum.</summary>
    public async Task<Stream> OpenSnapshotAsync(Uri node, string collection, string snapshot, CancellationToken cancellationToken) =>
        await (await transport.OpenAsync(new QdrantRequest(HttpMethod.Get, $"{Snapshots(collection)}/{Name(snapshot)}") { Node = node }, cancellationToken))
            .Content.ReadAsStreamAsync(cancellationToken);

    /// <summary>False when there was none of that name.</summary>
    public async Task<bool> DeleteSnapshotAsync(Uri node, string collection, string snapshot, CancellationToken cancellationToken)
    {
        try
        {
            return await transport.SendAsync(
                new QdrantRequest(HttpMethod.Delete, $"{Snapshots(collection)}/{Name(snapshot)}?wait=true") { Node = node }, Json.BoolAnswer, cancellationToken);
        }
        catch (QdrantException exception) when (exception.IsNotFound)
        {
            return false;
        }
    }

    /// <summary>
    /// Puts a snapshot in the place of the collection, which need not exist. In a cluster the one of a single node
    /// brings everything back when each node has a copy of every shard: the cluster makes the other copies.
    /// </summary>
    /// <param name="checksum">SHA-256 in hex; the server refuses bytes that have another (400).</param>
    public Task UploadSnapshotAsync(Uri node, string collection, Stream snapshot, string checksum, CancellationToken cancellationToken)
    {
        var file = new StreamContent(snapshot) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        var request = new QdrantRequest(HttpMethod.Post, $"{Snapshots(collection)}/upload?wait=true&priority=snapshot&checksum={Name(checksum)}") { Node = node };
        return transport.SendLongAsync(request, Json.BoolAnswer, cancellationToken, new MultipartFormDataContent { { file, "snapshot", "collection.snapshot" } });
    }

    /// <summary>As <see cref="UploadSnapshotAsync"/>, from a file that the node reads itself (<c>file:///...</c>) or fetches.</summary>
    public Task RecoverSnapshotAsync(Uri node, string collection, Uri location, string checksum, CancellationToken cancellationToken)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new QdrantRecovery(location.OriginalString, "snapshot", checksum), Json.QdrantRecovery);
        var request = new QdrantRequest(HttpMethod.Put, $"{Snapshots(collection)}/recover?wait=true") { Node = node, Body = body };
        return transport.SendLongAsync(request, Json.BoolAnswer, cancellationToken);
    }

    private static string Snapshots(string collection) => $"collections/{Name(collection)}/snapshots";
}
