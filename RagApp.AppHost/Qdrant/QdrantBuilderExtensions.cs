using RagApp.AppHost;

namespace Aspire.Hosting;

/// <summary>Adds Qdrant as a resource, with the method names and parameters of the package Aspire.Hosting.Qdrant.</summary>
public static class QdrantBuilderExtensions
{
    private const int GrpcPort = 6334;
    private const int HttpPort = 6333;
    private const string DataPath = "/qdrant/storage";

    /// <summary>Adds a Qdrant server; when <paramref name="apiKey"/> is null, a key is generated.</summary>
    public static IResourceBuilder<QdrantServerResource> AddQdrant(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        IResourceBuilder<ParameterResource>? apiKey = null,
        int? grpcPort = null,
        int? httpPort = null)
    {
        var key = apiKey?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-Key", special: false);
        var qdrant = new QdrantServerResource(name, key);
        return builder.AddResource(qdrant)
            .WithImage("qdrant/qdrant", ContainerImages.QdrantTag)
            .WithImageRegistry("docker.io")
            .WithHttpEndpoint(grpcPort, GrpcPort, QdrantServerResource.GrpcEndpointName)
            .WithEndpoint(QdrantServerResource.GrpcEndpointName, endpoint => endpoint.Transport = "http2")
            .WithHttpEndpoint(httpPort, HttpPort, QdrantServerResource.HttpEndpointName)
            .WithHttpHealthCheck("/readyz", endpointName: QdrantServerResource.HttpEndpointName)
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["QDRANT__SERVICE__API_KEY"] = qdrant.ApiKeyParameter;
                // Qdrant's own web page is for developers only.
                if (context.ExecutionContext.IsPublishMode)
                    context.EnvironmentVariables["QDRANT__SERVICE__ENABLE_STATIC_CONTENT"] = "0";
            });
    }

    /// <summary>Keeps the server's data in a volume.</summary>
    public static IResourceBuilder<QdrantServerResource> WithDataVolume(
        this IResourceBuilder<QdrantServerResource> builder, string? name = null, bool isReadOnly = false) =>
        builder.WithVolume(name ?? VolumeNameGenerator.Generate(builder, "data"), DataPath, isReadOnly);

    /// <summary>Keeps the server's data in a folder of this machine.</summary>
    public static IResourceBuilder<QdrantServerResource> WithDataBindMount(
        this IResourceBuilder<QdrantServerResource> builder, string source, bool isReadOnly = false) =>
        builder.WithBindMount(source, DataPath, isReadOnly);

    /// <summary>
    /// Passes the gRPC address as <c>ConnectionStrings__NAME</c>, the REST address as <c>ConnectionStrings__NAME_http</c>, and
    /// host, port and URI of both and the API key as connection properties.
    /// </summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<QdrantServerResource> qdrantResource, string? connectionName = null)
        where TDestination : IResourceWithEnvironment
    {
        IResourceBuilder<IResourceWithConnectionString> source = qdrantResource;
        return builder.WithReference(source, connectionName)
            .WithEnvironment($"ConnectionStrings__{connectionName ?? qdrantResource.Resource.Name}_http", qdrantResource.Resource.HttpConnectionStringExpression);
    }
}
