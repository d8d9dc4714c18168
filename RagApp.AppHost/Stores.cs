using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using RagApp.AppHost.Dashboard;
using RagApp.AppHost.Deployment;
using RagApp.AppHost.Running;
using RagApp.Kubernetes;

namespace RagApp.AppHost;

/// <summary>
/// The stores that the services share. A deployment always has Redis and Qdrant as containers; a run has those of
/// <see cref="StoreMode"/>.
/// </summary>
internal sealed record Stores
{
    private const string DeployedDataPath = "/data";
    private const string RedisName = "redis";
    private const string QdrantName = "qdrant";

    /// <summary>Connection string of Redis, which services find under the name <c>redis</c>.</summary>
    public required IResourceBuilder<IResourceWithConnectionString> Redis { get; init; }

    /// <summary>Resource that must be healthy before <see cref="Redis"/> can be used; null for a Redis that the application does not start.</summary>
    public IResourceBuilder<IResource>? RedisServer { get; init; }

    /// <summary>Qdrant container with the chunk index; null when the index is elsewhere.</summary>
    public IResourceBuilder<QdrantServerResource>? Qdrant { get; init; }

    /// <summary>Qdrant server that the application does not start; null when there is none.</summary>
    public ExternalQdrant? ExternalQdrant { get; init; }

    /// <summary>Bucket with the documents; null when the documents are in the folder <see cref="DataPath"/>.</summary>
    public DocumentBucket? Documents { get; init; }

    /// <summary>Folder of the documents and of the embedded stores.</summary>
    public required string DataPath { get; init; }

    public static Stores AddTo(IDistributedApplicationBuilder builder) => WithoutDocuments(builder) with { Documents = DocumentBucket.AddTo(builder) };

    private static Stores WithoutDocuments(IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode)
            return Containers(builder, DeployedDataPath);

        var dataPath = Path.GetFullPath(builder.Configuration["Stores:DataPath"] ?? Path.Combine("..", ".ragapp"), builder.AppHostDirectory);
        switch (ModeOf(builder))
        {
            case StoreMode.External:
                return External(builder, dataPath);
            case StoreMode.Containers:
                ContainerEngine.Require(builder, "Stores:Mode=containers", "use --Stores:Mode=embedded, which needs none");
                return Containers(builder, dataPath);
            default:
                return Embedded(builder, dataPath);
        }
    }

    private static Stores Containers(IDistributedApplicationBuilder builder, string dataPath)
    {
        var redisPassword = RedisPassword(builder);
        var qdrantKey = builder.AddParameter("qdrant-api-key", new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: true).WithHidden()
            .PublishAsSecret(QdrantCluster.Secret, QdrantCluster.ApiKey);
        var redis = builder.AddRedis(RedisName, password: redisPassword)
            .WithImageTag(ContainerImages.RedisTag)
            .WithDataVolume(VolumeOf(builder, RedisName, dataPath))
            .WithoutHttpsCertificate()
            .AsStatefulServer();
        var qdrant = builder.AddQdrant(QdrantName, qdrantKey)
            .WithImageTag(ContainerImages.QdrantTag)
            .WithDataVolume(VolumeOf(builder, QdrantName, dataPath))
            .AsCluster();
        return new Stores { Redis = redis, RedisServer = redis, Qdrant = qdrant, DataPath = dataPath };
    }

    /// <summary>Name of a store's volume; in a run it depends on the data folder, so that two runs never share a volume.</summary>
    private static string VolumeOf(IDistributedApplicationBuilder builder, string store, string dataPath) => builder.ExecutionContext.IsPublishMode
        ? $"ragapp-{store}"
        : $"ragapp-{store}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dataPath)))[..8]}";

    private static Stores External(IDistributedApplicationBuilder builder, string dataPath)
    {
        if (string.IsNullOrEmpty(builder.Configuration.GetConnectionString(RedisName)))
            throw new DistributedApplicationException("Stores:Mode=external needs the address of your Redis: give --ConnectionStrings:redis=HOST:6379,password=..., or use --Stores:Mode=embedded.");
        return new Stores
        {
            Redis = builder.AddConnectionString(RedisName).WithHidden(),
            ExternalQdrant = ExternalQdrant.AddTo(builder),
            DataPath = dataPath,
        };
    }

    private static Stores Embedded(IDistributedApplicationBuilder builder, string dataPath)
    {
        var redisPassword = RedisPassword(builder);
        var cache = builder.AddService<Projects.RagApp_Cache>("cache")
            .WithEndpoint(name: "tcp", scheme: "redis", env: "Cache__Port")
            .WithEnvironment("Cache__Password", redisPassword)
            .WithEnvironment("Cache__DataPath", Path.Combine(dataPath, "cache"))
            .WithInnerAddresses()
            .WithIconName("Database");
        var redis = builder.AddConnectionString(
            RedisName, ReferenceExpression.Create($"{cache.GetEndpoint("tcp").Property(EndpointProperty.HostAndPort)},password={redisPassword}")).WithHidden();
        return new Stores { Redis = redis, RedisServer = cache, DataPath = dataPath };
    }

    private static IResourceBuilder<ParameterResource> RedisPassword(IDistributedApplicationBuilder builder) =>
        builder.AddParameter("redis-password", new GenerateParameterDefault { Special = false }, secret: true, persist: true).WithHidden()
            .PublishAsSecret("redis-secret", "password");

    private static StoreMode ModeOf(IDistributedApplicationBuilder builder)
    {
        var value = builder.Configuration["Stores:Mode"] ?? nameof(StoreMode.Embedded);
        return Enum.TryParse<StoreMode>(value, ignoreCase: true, out var mode) && Enum.IsDefined(mode)
            ? mode
            : throw new DistributedApplicationException($"Stores:Mode={value} is not known: use embedded, containers or external.");
    }
}

/// <summary>Kind of stores that a run uses, configuration key <c>Stores:Mode</c>.</summary>
internal enum StoreMode
{
    /// <summary>Lucene in a folder, and RagApp.Cache instead of Redis; needs no container engine. This is the default.</summary>
    Embedded,

    /// <summary>Redis and Qdrant as containers; needs a running container engine.</summary>
    Containers,

    /// <summary>
    /// Existing stores: a Redis, <c>ConnectionStrings:redis</c>, and a Qdrant, <c>ConnectionStrings:qdrant</c> (gRPC); without
    /// a Qdrant, Lucene in a folder.
    /// </summary>
    External,
}
