namespace Aspire.Hosting.ApplicationModel;

/// <summary>A connection string put together from other resources.</summary>
public sealed class ConnectionStringResource : Resource, IResourceWithConnectionString, IResourceWithWaitSupport
{
    internal ConnectionStringResource(string name, ReferenceExpression expression)
        : base(name) => ConnectionStringExpression = expression;

    public ReferenceExpression ConnectionStringExpression { get; }
}
