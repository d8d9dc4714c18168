namespace Aspire.Hosting.ApplicationModel;

/// <summary>A Qdrant server in a container, with the members of the type in the package Aspire.Hosting.Qdrant.</summary>
public class QdrantServerResource : ContainerResource, IResourceWithConnectionString
{
    internal const string GrpcEndpointName = "grpc";
    internal const string HttpEndpointName = "http";

    /// <param name="name">Name of the resource.</param>
    /// <param name="apiKey">API key that every call must carry.</param>
    public QdrantServerResource(string name, ParameterResource apiKey) : base(name)
    {
        ArgumentNullException.ThrowIfNull(apiKey);
        ApiKeyParameter = apiKey;
        PrimaryEndpoint = new EndpointReference(this, GrpcEndpointName);
        HttpEndpoint = new EndpointReference(this, HttpEndpointName);
    }

    public ParameterResource ApiKeyParameter { get; }

    /// <summary>Endpoint for gRPC, which the services use.</summary>
    public EndpointReference PrimaryEndpoint { get; }

    /// <summary>Endpoint for REST: readiness, metrics and snapshots.</summary>
    public EndpointReference HttpEndpoint { get; }

    public EndpointReferenceExpression GrpcHost => PrimaryEndpoint.Property(EndpointProperty.Host);

    public EndpointReferenceExpression GrpcPort => PrimaryEndpoint.Property(EndpointProperty.Port);

    public EndpointReferenceExpression HttpHost => HttpEndpoint.Property(EndpointProperty.Host);

    public EndpointReferenceExpression HttpPort => HttpEndpoint.Property(EndpointProperty.Port);

    public ReferenceExpression UriExpression => ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.Url)}");

    public ReferenceExpression HttpUriExpression => ReferenceExpression.Create($"{HttpEndpoint.Property(EndpointProperty.Url)}");

    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"Endpoint={PrimaryEndpoint.Property(EndpointProperty.Url)};Key={ApiKeyParameter}");

    public ReferenceExpression HttpConnectionStringExpression =>
        ReferenceExpression.Create($"Endpoint={HttpEndpoint.Property(EndpointProperty.Url)};Key={ApiKeyParameter}");

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
    [
        new("GrpcHost", ReferenceExpression.Create($"{GrpcHost}")),
        new("GrpcPort", ReferenceExpression.Create($"{GrpcPort}")),
        new("HttpHost", ReferenceExpression.Create($"{HttpHost}")),
        new("HttpPort", ReferenceExpression.Create($"{HttpPort}")),
        new("ApiKey", ReferenceExpression.Create($"{ApiKeyParameter}")),
        new("Uri", UriExpression),
        new("HttpUri", HttpUriExpression),
    ];
}
