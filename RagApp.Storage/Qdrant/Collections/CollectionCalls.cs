using Grpc.Core;
using Qdrant.Client;
using Qdrant.Client.Grpc;

namespace RagApp.Storage.Qdrant.Collections;

/// <summary>Calls about collections that may be repeated: what an earlier attempt has done is no failure.</summary>
internal static class CollectionCalls
{
    public static async Task CreateUnlessThereAsync(this QdrantClient client, CreateCollection settings, CancellationToken cancellationToken)
    {
        try
        {
            await client.CreateCollectionAsync(settings, cancellationToken);
        }
        catch (QdrantException exception) when (exception.Code is StatusCode.AlreadyExists)
        {
            // An earlier attempt has made it, or another process.
        }
    }

    /// <summary>Null when there is none of that name (or alias).</summary>
    public static async Task<CollectionInfo?> FindCollectionAsync(this QdrantClient client, string collection, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetCollectionInfoAsync(collection, cancellationToken);
        }
        catch (QdrantException exception) when (exception.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Has the reads of a cluster wait for no copy that is cut off, unless somebody has decided how they go.</summary>
    public static async Task SpreadReadsAsync(this QdrantClient client, string collection, int nodes, CancellationToken cancellationToken)
    {
        if (nodes >= 3 && await client.FindCollectionAsync(collection, cancellationToken) is { Config.Params.HasReadFanOutFactor: false })
            await client.UpdateCollectionAsync(collection, collectionParams: CollectionLayout.Reading, cancellationToken: cancellationToken);
    }

    /// <summary>Makes a field one that can be filtered by, as <see cref="CollectionLayout.Indexes"/> says.</summary>
    public static async Task CreateIndexAsync(this QdrantClient client, string collection, string field, CancellationToken cancellationToken) =>
        await client.CreatePayloadIndexAsync(
            collection, field, CollectionLayout.Indexes[field], CollectionLayout.ParamsOf(field), wait: true, cancellationToken: cancellationToken);

    /// <summary>Removes it with its aliases.</summary>
    public static async Task DeleteIfThereAsync(this QdrantClient client, string collection, CancellationToken cancellationToken)
    {
        try
        {
            await client.DeleteCollectionAsync(collection, cancellationToken: cancellationToken);
        }
        catch (global::Qdrant.Client.QdrantException)
        {
            // There is none: the client takes that for a failure.
        }
    }
}
