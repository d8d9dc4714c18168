namespace Aspire.Hosting.ApplicationModel;

/// <summary>One part of an endpoint's address, for use in an expression.</summary>
public sealed class EndpointReferenceExpression : IModelValue
{
    private readonly EndpointReference _endpoint;
    private readonly EndpointProperty _property;

    internal EndpointReferenceExpression(EndpointReference endpoint, EndpointProperty property)
    {
        _endpoint = endpoint;
        _property = property;
    }

    string IModelValue.Expression => _property == EndpointProperty.HostAndPort
        ? Expression("host") + ":" + Expression("port")
        : Expression(_property switch
        {
            EndpointProperty.Url => "url",
            EndpointProperty.Host => "host",
            EndpointProperty.Port => "port",
            EndpointProperty.Scheme => "scheme",
            _ => "targetPort",
        });

    IEnumerable<Resource> IModelValue.References => [_endpoint.Owner];

    string IModelValue.Resolve(int replica)
    {
        var endpoint = _endpoint.Endpoint;
        return _property switch
        {
            EndpointProperty.Url => $"{endpoint.Scheme}://localhost:{endpoint.AllocatedPort}",
            EndpointProperty.Host => "localhost",
            EndpointProperty.Port => $"{endpoint.AllocatedPort}",
            EndpointProperty.Scheme => endpoint.Scheme,
            EndpointProperty.TargetPort => $"{endpoint.TargetPorts[replica]}",
            _ => $"localhost:{endpoint.AllocatedPort}",
        };
    }

    private string Expression(string property) => $"{{{_endpoint.Owner.Name}.bindings.{_endpoint.EndpointName}.{property}}}";
}
