namespace Aspire.Hosting.ApplicationModel;

/// <summary>Another resource's endpoint, by name.</summary>
public sealed class EndpointReference : IModelValue
{
    internal EndpointReference(Resource resource, string endpointName)
    {
        Owner = resource;
        EndpointName = endpointName;
    }

    public string EndpointName { get; }

    internal Resource Owner { get; }

    internal EndpointAnnotation Endpoint => Owner.Endpoints.Find(e => string.Equals(e.Name, EndpointName, StringComparison.OrdinalIgnoreCase))
        ?? throw new DistributedApplicationException($"The endpoint '{EndpointName}' does not exist on the resource '{Owner.Name}'.");

    string IModelValue.Expression => ((IModelValue)Property(EndpointProperty.Url)).Expression;

    IEnumerable<Resource> IModelValue.References => [Owner];

    public EndpointReferenceExpression Property(EndpointProperty property) => new(this, property);

    string IModelValue.Resolve(int replica) => ((IModelValue)Property(EndpointProperty.Url)).Resolve(replica);
}
