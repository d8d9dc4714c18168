using k8s.Models;
using RagApp.Kubernetes.Application;
using RagApp.Kubernetes.Helm;
using RagApp.Kubernetes.Objects;

namespace RagApp.Kubernetes;

/// <summary>
/// The generated objects of one resource of the application model, which <see cref="KubernetesEnvironmentExtensions.PublishAsKubernetesService"/>
/// may change before they are written.
/// </summary>
public sealed class KubernetesServiceResource
{
    private readonly Chart _chart;

    internal KubernetesServiceResource(string name, V1PodSpec pod, V1ConfigMap configMap, V1Service service, V1StatefulSet? statefulSet, V1Service? headlessService, Chart chart)
    {
        Name = name;
        Pod = pod;
        ConfigMap = configMap;
        Service = service;
        StatefulSet = statefulSet;
        HeadlessService = headlessService;
        _chart = chart;
    }

    /// <summary>Name of the resource in the application model.</summary>
    public string Name { get; }

    /// <summary>Pod of the Deployment or StatefulSet; its first container runs the resource.</summary>
    public V1PodSpec Pod { get; }

    /// <summary>Environment variables that hold no secret.</summary>
    public V1ConfigMap ConfigMap { get; }

    public V1Service Service { get; }

    /// <summary>The StatefulSet; null for a Deployment.</summary>
    public V1StatefulSet? StatefulSet { get; }

    /// <summary>Service with the names of the StatefulSet's pods; null for a Deployment.</summary>
    public V1Service? HeadlessService { get; }

    public HelmExpressions Helm => _chart.Helm;

    public ChartValues Values => _chart.Values;

    /// <summary>Objects that the chart has besides the generated ones.</summary>
    public IList<ChartTemplate> AdditionalResources { get; } = [];

    /// <summary>Gives the resource a further environment variable from a Secret.</summary>
    public void AddSecret(string variable, string secret, string key, bool isOptional) =>
        Pod.Containers[0].Env.Add(Settings.FromSecret(variable, _chart.Use(new SecretKey(variable, secret, key, isOptional))));
}
