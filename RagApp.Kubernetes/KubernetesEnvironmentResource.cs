using Aspire.Hosting.ApplicationModel;

namespace RagApp.Kubernetes;

/// <summary>A Kubernetes cluster as the place where the application's resources are deployed.</summary>
public sealed class KubernetesEnvironmentResource(string name) : Resource(name), IComputeEnvironmentResource
{
    public ChartOptions Chart { get; } = new();

    ReferenceExpression IComputeEnvironmentResource.GetHostAddressExpression(EndpointReference endpointReference) =>
        ReferenceExpression.Create($"{endpointReference.Resource.Name}");
}
