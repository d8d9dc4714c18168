using k8s.Models;
using RagApp.Kubernetes.Helm;

namespace RagApp.Kubernetes;

/// <summary>
/// The generated objects of one resource of the application model, which <see cref="KubernetesEnvironmentExtensions.PublishAsKubernetesService"/>
/// may change before they are written.
/// </summary>
public sealed class KubernetesServiceResource
{
    internal KubernetesServiceResource(string name, V1PodSpec pod, V1ConfigMap settings, V1Service service, V1StatefulSet? statefulSet, V1Service? headlessService, Chart chart)
    {
        Name = name;
        Pod = pod;
        Settings = settings;
        Service = service;
        StatefulSet = statefulSet;
        HeadlessService = headlessService;
        Helm = chart.Helm;
        Values = chart.Values;
    }

    /// <summary>Name of the resource in the application model.</summary>
    public string Name { get; }

    /// <summary>Pod of the Deployment or StatefulSet; its first container runs the resource.</summary>
    public V1PodSpec Pod { get; }

    /// <summary>Environment variables that hold no secret.</summary>
    public V1ConfigMap Settings { get; }

    public V1Service Service { get; }

    /// <summary>The StatefulSet; null for a Deployment.</summary>
    public V1StatefulSet? StatefulSet { get; }

    /// <summary>Service with the names of the StatefulSet's pods; null for a Deployment.</summary>
    public V1Service? HeadlessService { get; }

    public HelmExpressions Helm { get; }

    public ChartValues Values { get; }

    /// <summary>Objects that the chart has besides the generated ones.</summary>
    public IList<ChartTemplate> AdditionalResources { get; } = [];
}
