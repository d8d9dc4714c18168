namespace Aspire.Hosting.ApplicationModel;

/// <summary>A Qdrant container.</summary>
public class QdrantServerResource : ContainerResource, IResourceWithConnectionString, IConnectionProperties
{
    internal const string PrimaryEndpointName = "grpc";
    internal const string HttpEndpointName = "http";

    internal QdrantServerResource(string name, ParameterResource apiKey)
        : base(name) => ApiKey = apiKey;

    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"Endpoint={Grpc.Property(EndpointProperty.Url)};Key={ApiKey}");

    public ReferenceExpression HttpConnectionStringExpression =>
        ReferenceExpression.Create($"Endpoint={Http.Property(EndpointProperty.Url)};Key={ApiKey}");

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IConnectionProperties.ConnectionProperties =>
    [
        new("GrpcHost", ReferenceExpression.Create($"{Grpc.Property(EndpointProperty.Host)}")),
        new("GrpcPort", ReferenceExpression.Create($"{Grpc.Property(EndpointProperty.Port)}")),
        new("HttpHost", ReferenceExpression.Create($"{Http.Property(EndpointProperty.Host)}")),
        new("HttpPort", ReferenceExpression.Create($"{Http.Property(EndpointProperty.Port)}")),
        new("ApiKey", ReferenceExpression.Create($"{ApiKey}")),
        new("Uri", ReferenceExpression.Create($"{Grpc.Property(EndpointProperty.Url)}")),
        new("HttpUri", ReferenceExpression.Create($"{Http.Property(EndpointProperty.Url)}")),
    ];

    internal ParameterResource ApiKey { get; }

    private EndpointReference Grpc => new(this, PrimaryEndpointName);

    private EndpointReference Http => new(this, HttpEndpointName);
}
