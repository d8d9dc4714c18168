namespace RagApp.AppHost;

/// <summary>The stores the services share. A deployment always has Redis and Qdrant as containers; a run has what <see cref="StoreMode"/> says.</summary>
internal sealed record Stores
{
    private const string DeployedDataPath = "/data";
    private const string QdrantName = "qdrant_http";

    /// <summary>The connection string every service finds under the name <c>redis</c>.</summary>
    public required IResourceBuilder<IResourceWithConnectionString> Redis { get; init; }

    /// <summary>What has to be healthy before <see cref="Redis"/> answers; null for a Redis that is not ours.</summary>
    public IResourceBuilder<IResource>? RedisServer { get; init; }

    /// <summary>The chunk index of a deployment; null in a run.</summary>
    public IResourceBuilder<QdrantServerResource>? Qdrant { get; init; }

    /// <summary>The chunk index of a run, on a Qdrant that is not ours; null where the index is a Lucene folder.</summary>
    public IResourceBuilder<IResourceWithConnectionString>? ExternalQdrant { get; init; }

    /// <summary>Where the documents are; null where they are in the folder <see cref="DataPath"/>.</summary>
    public DocumentBucket? Documents { get; init; }

    /// <summary>The folder of documents and of the embedded stores.</summary>
    public required string DataPath { get; init; }

    public static Stores AddTo(IDistributedApplicationBuilder builder) => WithoutDocuments(builder) with { Documents = DocumentBucket.AddTo(builder) };

    private static Stores WithoutDocuments(IDistributedApplicationBuilder builder)
    {
        var redisPassword = builder.AddParameter("redis-password", new GenerateParameterDefault { Special = false }, secret: true, persist: true);
        if (builder.ExecutionContext.IsPublishMode)
            return Deployed(builder, redisPassword);

        var dataPath = Path.GetFullPath(builder.Configuration["Stores:DataPath"] ?? Path.Combine("..", ".ragapp"), builder.AppHostDirectory);
        return ModeOf(builder) switch
        {
            StoreMode.External => External(builder, dataPath),
            StoreMode.Containers => throw new DistributedApplicationException(
                "Stores:Mode=containers is not there yet: use --Stores:Mode=embedded, or external with ConnectionStrings:redis and, for the index, ConnectionStrings:qdrant_http."),
            _ => Embedded(builder, redisPassword, dataPath),
        };
    }

    private static Stores Deployed(IDistributedApplicationBuilder builder, IResourceBuilder<ParameterResource> redisPassword)
    {
        var qdrantKey = builder.AddParameter("qdrant-api-key", new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: true);
        var redis = builder.AddRedis("redis", password: redisPassword).WithImageTag(ContainerImages.RedisTag).WithDataVolume("ragapp-redis");
        var qdrant = builder.AddQdrant("qdrant", qdrantKey).WithImageTag(ContainerImages.QdrantTag).WithDataVolume("ragapp-qdrant");
        return new Stores { Redis = redis, RedisServer = redis, Qdrant = qdrant, DataPath = DeployedDataPath };
    }

    private static Stores External(IDistributedApplicationBuilder builder, string dataPath) => new()
    {
        Redis = builder.AddConnectionString("redis"),
        ExternalQdrant = string.IsNullOrEmpty(builder.Configuration[$"ConnectionStrings:{QdrantName}"]) ? null : builder.AddConnectionString(QdrantName),
        DataPath = dataPath,
    };

    private static Stores Embedded(IDistributedApplicationBuilder builder, IResourceBuilder<ParameterResource> redisPassword, string dataPath)
    {
        var cache = builder.AddProject<Projects.RagApp_Cache>("cache", launchProfileName: null)
            .WithHttpEndpoint()
            .WithEndpoint(name: "tcp", scheme: "redis", env: "Cache__Port")
            .WithHttpHealthCheck("/ready")
            .WithEnvironment("Cache__Password", redisPassword)
            .WithEnvironment("Cache__DataPath", Path.Combine(dataPath, "cache"))
            .WithEnvironment("ASPNETCORE_ENVIRONMENT", builder.Environment.EnvironmentName);
        var redis = builder.AddConnectionString(
            "redis", ReferenceExpression.Create($"{cache.GetEndpoint("tcp").Property(EndpointProperty.HostAndPort)},password={redisPassword}"));
        return new Stores { Redis = redis, RedisServer = cache, DataPath = dataPath };
    }

    private static StoreMode ModeOf(IDistributedApplicationBuilder builder)
    {
        var value = builder.Configuration["Stores:Mode"] ?? nameof(StoreMode.Embedded);
        return Enum.TryParse<StoreMode>(value, ignoreCase: true, out var mode) && Enum.IsDefined(mode)
            ? mode
            : throw new DistributedApplicationException($"Stores:Mode={value} is not known: use embedded, containers or external.");
    }
}
