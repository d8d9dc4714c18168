namespace RagApp.AppHost;

/// <summary>The edges from a service to the stores.</summary>
internal static class StoreReferences
{
    public static IResourceBuilder<ProjectResource> WithRedis(this IResourceBuilder<ProjectResource> service, Stores stores)
    {
        service.WithReference(stores.Redis);
        return stores.RedisServer is { } server ? service.WaitFor(server) : service;
    }

    /// <summary>The chunk index and, on the same folder, the documents.</summary>
    public static IResourceBuilder<ProjectResource> WithIndex(this IResourceBuilder<ProjectResource> service, Stores stores)
    {
        service.WithEnvironment("Storage__DataPath", stores.DataPath);
        return stores.Qdrant is { } qdrant ? service.WithReference(qdrant).WaitFor(qdrant) : service;
    }
}
