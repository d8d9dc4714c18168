using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>
/// Typed client of Qdrant's REST API (1.18), as far as the index needs it: collections here, points and snapshots in
/// the other parts. Writes wait until they are carried out, and reads ask a quorum of the copies, so that a node that
/// is cut off from the others refuses. Every method throws <see cref="QdrantException"/> when it is refused, or not
/// answered in time.
/// </summary>
internal sealed partial class QdrantClient(QdrantTransport transport)
{
    private static QdrantJson Json => QdrantJson.Wire;

    /// <summary>The nodes by address; those that say something about themselves alone are asked one by one.</summary>
    public IReadOnlyList<Uri> Nodes => transport.Nodes.All;

    /// <summary>False when there was one of that name already (or an earlier attempt of this very call had made it).</summary>
    public async Task<bool> CreateCollectionAsync(string collection, QdrantCollectionSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            return await WriteAsync(HttpMethod.Put, $"collections/{Name(collection)}", settings, Json.QdrantCollectionSettings, Json.BoolAnswer, cancellationToken);
        }
        catch (QdrantException exception) when (exception.Status is System.Net.HttpStatusCode.Conflict)
        {
            return false;
        }
    }

    /// <summary>Null when there is none of that name (or alias).</summary>
    public async Task<QdrantCollectionInfo?> FindCollectionAsync(string collection, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(HttpMethod.Get, $"collections/{Name(collection)}", Json.CollectionAnswer, cancellationToken);
        }
        catch (QdrantException exception) when (exception.IsNotFound)
        {
            return null;
        }
    }

    public async Task<bool> CollectionExistsAsync(string collection, CancellationToken cancellationToken) =>
        (await ReadAsync(HttpMethod.Get, $"collections/{Name(collection)}/exists", Json.ExistsAnswer, cancellationToken)).Exists;

    public async Task<IReadOnlyList<string>> ListCollectionsAsync(CancellationToken cancellationToken) =>
        [.. (await ReadAsync(HttpMethod.Get, "collections", Json.CollectionNamesAnswer, cancellationToken)).Collections.Select(collection => collection.Name)];

    /// <summary>Removes it with its aliases; false when there was none.</summary>
    public Task<bool> DeleteCollectionAsync(string collection, CancellationToken cancellationToken) =>
        transport.SendAsync(new QdrantRequest(HttpMethod.Delete, $"collections/{Name(collection)}") { IsWrite = true }, Json.BoolAnswer, cancellationToken);

    /// <summary>Makes a field one that can be filtered by; again is fine.</summary>
    public Task CreateIndexAsync(string collection, string field, QdrantIndexSettings settings, CancellationToken cancellationToken) =>
        WriteAsync(HttpMethod.Put, $"collections/{Name(collection)}/index?wait=true", new QdrantIndexRequest(field, settings), Json.QdrantIndexRequest, Json.UpdateAnswer, cancellationToken);

    public async Task<IReadOnlyList<QdrantAlias>> ListAliasesAsync(CancellationToken cancellationToken) =>
        (await ReadAsync(HttpMethod.Get, "aliases", Json.AliasesAnswer, cancellationToken)).Aliases;

    /// <summary>Carries out all changes in one step.</summary>
    public Task ChangeAliasesAsync(IReadOnlyList<QdrantAliasChange> changes, CancellationToken cancellationToken) =>
        WriteAsync(HttpMethod.Post, "collections/aliases", new QdrantAliasChanges(changes), Json.QdrantAliasChanges, Json.BoolAnswer, cancellationToken);

    /// <summary>The cluster as one node sees it; as whichever answers, when none is named.</summary>
    public Task<QdrantCluster> GetClusterAsync(Uri? node, CancellationToken cancellationToken) =>
        transport.SendAsync(new QdrantRequest(HttpMethod.Get, "cluster") { Node = node }, Json.ClusterAnswer, cancellationToken);

    /// <summary>Where the collection's copies are, and whether all of them answer.</summary>
    public Task<QdrantShards> GetShardsAsync(string collection, CancellationToken cancellationToken) =>
        ReadAsync(HttpMethod.Get, $"collections/{Name(collection)}/cluster", Json.ShardsAnswer, cancellationToken);

    private static string Name(string name) => Uri.EscapeDataString(name);

    private Task<T> ReadAsync<T>(HttpMethod method, string path, JsonTypeInfo<QdrantAnswer<T>> answer, CancellationToken cancellationToken) =>
        transport.SendAsync(new QdrantRequest(method, path), answer, cancellationToken);

    private Task<T> AskAsync<TBody, T>(
        string path, TBody body, JsonTypeInfo<TBody> type, JsonTypeInfo<QdrantAnswer<T>> answer, CancellationToken cancellationToken) =>
        transport.SendAsync(
            new QdrantRequest(HttpMethod.Post, $"{path}?consistency=quorum") { Body = JsonSerializer.SerializeToUtf8Bytes(body, type) }, answer, cancellationToken);

    private Task<T> WriteAsync<TBody, T>(
        HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> type, JsonTypeInfo<QdrantAnswer<T>> answer, CancellationToken cancellationToken) =>
        transport.SendAsync(new QdrantRequest(method, path) { IsWrite = true, Body = JsonSerializer.SerializeToUtf8Bytes(body, type) }, answer, cancellationToken);
}
