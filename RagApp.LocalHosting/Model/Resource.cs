namespace Aspire.Hosting.ApplicationModel;

/// <summary>Base of every resource; what the extension methods say about it is collected here.</summary>
public abstract class Resource(string name) : IResource
{
    public string Name { get; } = name;

    internal List<EndpointAnnotation> Endpoints { get; } = [];

    internal List<Action<EnvironmentContext>> EnvironmentCallbacks { get; } = [];

    /// <summary>Resources that must be healthy before this one starts.</summary>
    internal List<Resource> Waits { get; } = [];

    /// <summary>Resources whose address this one is given.</summary>
    internal List<Resource> References { get; } = [];

    internal List<HttpHealthCheck> HealthChecks { get; } = [];

    internal int Replicas { get; set; } = 1;
}
