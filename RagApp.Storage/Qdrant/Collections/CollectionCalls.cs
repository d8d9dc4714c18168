using Grpc.Core;
using Qdrant.Client;
using Qdrant.Client.Grpc;

namespace RagApp.Storage.Qdrant.Collections;

/// <summary>Idempotent calls for collections: the effect of an earlier attempt is not an error.</summary>
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
            // An earlier attempt or another process has created it.
        }
    }

    /// <summary>The collection with this name or alias; null when there is none.</summary>
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

    /// <summary>
    /// Lets reads in a cluster use a further replica when one is cut off, unless an administrator has set the collection's
    /// fan-out factor.
    /// </summary>
    public static async Task SpreadReadsAsync(this QdrantClient client, string collection, int nodes, CancellationToken cancellationToken)
    {
        if (nodes >= 3 && await client.FindCollectionAsync(collection, cancellationToken) is { Config.Params.HasReadFanOutFactor: false })
            await client.UpdateCollectionAsync(collection, collectionParams: CollectionLayout.Reading, cancellationToken: cancellationToken);
    }

    /// <summary>Indexes a field for filters, with the type in <see cref="CollectionLayout.Indexes"/>.</summary>
    public static async Task CreateIndexAsync(this QdrantClient client, string collection, string field, CancellationToken cancellationToken) =>
        await client.CreatePayloadIndexAsync(
            collection, field, CollectionLayout.Indexes[field], CollectionLayout.ParamsOf(field), wait: true, cancellationToken: cancellationToken);

    /// <summary>Removes a collection and its aliases; does nothing when it does not exist.</summary>
    public static async Task DeleteIfThereAsync(this QdrantClient client, string collection, CancellationToken cancellationToken)
    {
        try
        {
            await client.DeleteCollectionAsync(collection, cancellationToken: cancellationToken);
        }
        catch (global::Qdrant.Client.QdrantException)
        {
            // The collection does not exist, which the client reports as a failure.
        }
    }
}
