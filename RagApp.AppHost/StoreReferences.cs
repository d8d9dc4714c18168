using RagApp.AppHost.Deployment;

namespace RagApp.AppHost;

/// <summary>Gives services their references to the stores.</summary>
internal static class StoreReferences
{
    public static IResourceBuilder<ProjectResource> WithRedis(this IResourceBuilder<ProjectResource> service, Stores stores)
    {
        service.WithReference(stores.Redis);
        return stores.RedisServer is { } server ? service.WaitFor(server) : service;
    }

    /// <summary>
    /// References the chunk index and the data folder, which also has the documents unless <see cref="WithDocuments"/> adds a
    /// bucket.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithIndex(this IResourceBuilder<ProjectResource> service, Stores stores)
    {
        service.WithEnvironment("Storage__DataPath", stores.DataPath);
        stores.ExternalQdrant?.PassTo(service);
        return stores.Qdrant is { } qdrant ? service.WithReference(qdrant).WaitFor(qdrant).WithQdrantNodes() : service;
    }

    /// <summary>References the data folder, or the bucket of the documents, for the usage journal.</summary>
    public static IResourceBuilder<ProjectResource> WithUsageJournal(this IResourceBuilder<ProjectResource> service, Stores stores) =>
        service.WithEnvironment("Storage__DataPath", stores.DataPath).WithDocuments(stores);

    /// <summary>References the bucket of the documents, if there is one.</summary>
    public static IResourceBuilder<ProjectResource> WithDocuments(this IResourceBuilder<ProjectResource> service, Stores stores) =>
        stores.Documents is not { } bucket
            ? service
            : service
                .WithEnvironment("Storage__S3__Endpoint", bucket.Endpoint)
                .WithEnvironment("Storage__S3__Bucket", bucket.Name)
                .WithEnvironment("Storage__S3__Region", bucket.Region)
                .WithEnvironment("Storage__S3__AccessKey", bucket.AccessKey)
                .WithEnvironment("Storage__S3__SecretKey", bucket.SecretKey);
}
