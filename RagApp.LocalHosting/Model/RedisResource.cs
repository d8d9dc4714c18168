namespace Aspire.Hosting.ApplicationModel;

/// <summary>A Redis container.</summary>
public class RedisResource : ContainerResource, IResourceWithConnectionString, IConnectionProperties
{
    internal const string PrimaryEndpointName = "tcp";

    internal RedisResource(string name, ParameterResource password)
        : base(name) => Password = password;

    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"{Endpoint.Property(EndpointProperty.HostAndPort)},password={Password}");

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IConnectionProperties.ConnectionProperties =>
    [
        new("Host", ReferenceExpression.Create($"{Endpoint.Property(EndpointProperty.Host)}")),
        new("Port", ReferenceExpression.Create($"{Endpoint.Property(EndpointProperty.Port)}")),
        new("Password", ReferenceExpression.Create($"{Password}")),
        new("Uri", ReferenceExpression.Create(
            $"{Endpoint.Property(EndpointProperty.Scheme)}://:{Password:uri}@{Endpoint.Property(EndpointProperty.HostAndPort)}")),
    ];

    internal ParameterResource Password { get; }

    private EndpointReference Endpoint => new(this, PrimaryEndpointName);
}
