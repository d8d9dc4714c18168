using k8s;
using k8s.Models;

namespace RagApp.Kubernetes.Helm;

/// <summary>An object whose type is not Kubernetes' own, such as Istio's or the Prometheus operator's.</summary>
public sealed class CustomObject : IKubernetesObject<V1ObjectMeta>
{
    public required string ApiVersion { get; set; }

    public required string Kind { get; set; }

    public required V1ObjectMeta Metadata { get; set; }

    /// <summary>The specification; properties of anonymous objects are written as they are named.</summary>
    public required object Spec { get; set; }
}
