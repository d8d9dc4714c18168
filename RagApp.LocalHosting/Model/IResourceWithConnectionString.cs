namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that is reached through a connection string.</summary>
public interface IResourceWithConnectionString : IResource
{
    ReferenceExpression ConnectionStringExpression { get; }
}
