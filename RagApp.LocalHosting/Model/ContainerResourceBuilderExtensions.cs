using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>The containers of the deployment. The local host writes them into the manifest and never runs them.</summary>
public static class ContainerResourceBuilderExtensions
{
    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder, string name, int? port = null, IResourceBuilder<ParameterResource>? password = null)
    {
        ThrowIfRun(builder, name);
        ArgumentNullException.ThrowIfNull(password);
        var redis = new RedisResource(name, password.Resource) { Image = "docker.io/library/redis", Entrypoint = "/bin/sh" };
        redis.Args.AddRange(["-c", "redis-server --requirepass $REDIS_PASSWORD"]);
        redis.EnvironmentCallbacks.Add(context => context.Variables["REDIS_PASSWORD"] = redis.Password);
        return builder.AddResource(redis)
            .WithEndpoint(new EndpointAnnotation(RedisResource.PrimaryEndpointName, "redis") { Port = port, TargetPort = 6379 });
    }

    public static IResourceBuilder<QdrantServerResource> AddQdrant(
        this IDistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource>? apiKey = null, int? grpcPort = null, int? httpPort = null)
    {
        ThrowIfRun(builder, name);
        ArgumentNullException.ThrowIfNull(apiKey);
        var qdrant = new QdrantServerResource(name, apiKey.Resource) { Image = "docker.io/qdrant/qdrant" };
        qdrant.EnvironmentCallbacks.Add(context =>
        {
            context.Variables["QDRANT__SERVICE__API_KEY"] = qdrant.ApiKey;
            context.Variables["QDRANT__SERVICE__ENABLE_STATIC_CONTENT"] = "0";
        });
        return builder.AddResource(qdrant)
            .WithEndpoint(new EndpointAnnotation(QdrantServerResource.PrimaryEndpointName, "http") { Port = grpcPort, TargetPort = 6334, Transport = "http2" })
            .WithEndpoint(new EndpointAnnotation(QdrantServerResource.HttpEndpointName, "http") { Port = httpPort, TargetPort = 6333 });
    }

    public static IResourceBuilder<ContainerResource> AddContainer(
        this IDistributedApplicationBuilder builder, string name, string image, string tag)
    {
        ThrowIfRun(builder, name);
        return builder.AddResource(new ContainerResource(name) { Image = image, Tag = tag });
    }

    public static IResourceBuilder<T> WithImageTag<T>(this IResourceBuilder<T> builder, string tag)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.Tag = tag;
        return builder;
    }

    /// <summary>Keeps Redis' data on a volume, with a snapshot every minute in which something changed.</summary>
    public static IResourceBuilder<RedisResource> WithDataVolume(
        this IResourceBuilder<RedisResource> builder, string? name = null, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        builder.Resource.Volumes.Add(new VolumeMount(name, "/data", isReadOnly));
        builder.Resource.Args[^1] += " --save 60 1";
        return builder;
    }

    public static IResourceBuilder<QdrantServerResource> WithDataVolume(
        this IResourceBuilder<QdrantServerResource> builder, string? name = null, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        builder.Resource.Volumes.Add(new VolumeMount(name, "/qdrant/storage", isReadOnly));
        return builder;
    }

    /// <summary>Gives a service Qdrant's gRPC address and, as <c>ConnectionStrings__NAME_http</c>, its REST address.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<QdrantServerResource> qdrantResource)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(qdrantResource);
        var qdrant = qdrantResource.Resource;
        return ResourceBuilderExtensions.WithReference(builder, qdrantResource, connectionName: null)
            .WithEnvironment(context => context.Variables[$"ConnectionStrings__{qdrant.Name}_http"] = qdrant.HttpConnectionStringExpression);
    }

    private static void ThrowIfRun(IDistributedApplicationBuilder builder, string name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.ExecutionContext.IsRunMode)
        {
            throw new DistributedApplicationException(
                $"The local host starts no containers, and '{name}' is one: run with embedded or external stores, or with the Aspire packages.");
        }
    }
}
