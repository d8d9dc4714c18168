using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>Calls to the REST port for functions that gRPC lacks: a node's view of the cluster, the removal of a node, and the transfer of snapshots.</summary>
internal sealed class QdrantRest(QdrantNodes nodes, IOptions<QdrantOptions> options, TimeProvider time) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, // the key must not go to another host
        ConnectTimeout = TimeSpan.FromSeconds(2),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>State of the cluster according to the node that knows the most nodes.</summary>
    public async Task<QdrantClusterState> GetClusterAsync(CancellationToken cancellationToken) =>
        (await nodes.AskAllAsync(node => GetClusterAsync(node, cancellationToken), cancellationToken)).MaxBy(state => state.Size)!;

    /// <summary>State of the cluster according to one node.</summary>
    public async Task<QdrantClusterState> GetClusterAsync(QdrantNode node, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await SendAsync(node, HttpMethod.Get, "cluster", content: null, body, options.Value.ReadTimeout, cancellationToken);
        try
        {
            return JsonSerializer.Deserialize(body.ToArray(), QdrantRestJson.Wire.Cluster)?.Result ?? throw new JsonException("there is no result");
        }
        catch (JsonException exception)
        {
            throw new QdrantException($"{node.Http.Authority} answered to /cluster with something else than Qdrant's JSON: {exception.Message}. Storage:Qdrant:HttpNodes names the REST ports.", StatusCode.Unimplemented, exception);
        }
    }

    /// <summary>Removes a node from the cluster, by a request to another node.</summary>
    /// <param name="peer">Id of the node to remove, which is removed although it has copies of shards.</param>
    public Task RemovePeerAsync(QdrantNode node, ulong peer, CancellationToken cancellationToken) => SendAsync(
        node, HttpMethod.Delete, string.Create(CultureInfo.InvariantCulture, $"cluster/peer/{peer}?force=true"), content: null, Stream.Null, options.Value.WriteTimeout, cancellationToken);

    /// <summary>Downloads a snapshot; the caller verifies its checksum.</summary>
    public Task DownloadSnapshotAsync(QdrantNode node, string collection, string snapshot, Stream target, CancellationToken cancellationToken) => SendAsync(
        node, HttpMethod.Get, $"collections/{Name(collection)}/snapshots/{Name(snapshot)}", content: null, target, options.Value.SnapshotTimeout, cancellationToken);

    /// <summary>
    /// Replaces a collection with a snapshot, or creates it. In a cluster the snapshot of one node is enough when every node has
    /// a replica of every shard: the cluster makes the other replicas.
    /// </summary>
    /// <param name="checksum">SHA-256 in hex, which the server verifies.</param>
    public async Task UploadSnapshotAsync(QdrantNode node, string collection, Stream snapshot, string checksum, CancellationToken cancellationToken)
    {
        var path = $"collections/{Name(collection)}/snapshots/upload?wait=true&priority=snapshot&checksum={Name(checksum)}";
        var file = new StreamContent(snapshot) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        using var content = new MultipartFormDataContent { { file, "snapshot", "collection.snapshot" } };
        await SendAsync(node, HttpMethod.Post, path, content, Stream.Null, options.Value.SnapshotTimeout, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private static string Name(string name) => Uri.EscapeDataString(name);

    /// <summary>Sends a request and writes the body of a successful answer to <paramref name="target"/>, within the time limit.</summary>
    private async Task SendAsync(
        QdrantNode node, HttpMethod method, string path, HttpContent? content, Stream target, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(method, new Uri(node.Http, path)) { Content = content };
        if (options.Value.Key.Length > 0)
            message.Headers.Add("api-key", options.Value.Key);
        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (!response.IsSuccessStatusCode)
                throw await QdrantErrors.ReadAsync(response, either.Token);
            await CopyAsync(node, response.Content, target, either.Token);
        }
        catch (HttpRequestException exception)
        {
            throw QdrantErrors.Unreachable(node.Http, exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw timeout.IsCancellationRequested
                ? QdrantErrors.TimedOut(node.Http, limit, exception)
                : QdrantErrors.Unreachable(node.Http, exception); // the connection was not made in time
        }
    }

    /// <summary>Copies the body. A body that breaks off is a failure of the server; a failure to write to <paramref name="target"/> is not.</summary>
    private static async Task CopyAsync(QdrantNode node, HttpContent content, Stream target, CancellationToken cancellationToken)
    {
        await using var source = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[80 << 10];
        while (await ReadAsync() is > 0 and var count)
            await target.WriteAsync(buffer.AsMemory(0, count), cancellationToken);

        async Task<int> ReadAsync()
        {
            try
            {
                return await source.ReadAsync(buffer, cancellationToken);
            }
            catch (IOException exception)
            {
                throw QdrantErrors.Unreachable(node.Http, exception);
            }
        }
    }
}
