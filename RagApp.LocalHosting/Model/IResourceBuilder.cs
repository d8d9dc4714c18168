namespace Aspire.Hosting.ApplicationModel;

/// <summary>Carries a resource through the fluent calls of an AppHost.</summary>
public interface IResourceBuilder<out T>
    where T : IResource
{
    T Resource { get; }

    IDistributedApplicationBuilder ApplicationBuilder { get; }
}
