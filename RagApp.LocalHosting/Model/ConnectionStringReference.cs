namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource's connection string as the value of an environment variable.</summary>
internal sealed class ConnectionStringReference(IResourceWithConnectionString resource) : IModelValue
{
    public string Expression => $"{{{resource.Name}.connectionString}}";

    public IEnumerable<Resource> References => [(Resource)resource, .. ((IModelValue)resource.ConnectionStringExpression).References];

    public string Resolve(int replica) => ((IModelValue)resource.ConnectionStringExpression).Resolve(replica);
}
