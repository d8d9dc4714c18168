using k8s;
using k8s.Models;
using RagApp.Kubernetes.Application;
using RagApp.Kubernetes.Helm;

namespace RagApp.Kubernetes.Objects;

/// <summary>All objects of one workload, in a file of its name.</summary>
internal static class WorkloadObjects
{
    public static IEnumerable<ChartTemplate> Of(Chart chart, Workload workload)
    {
        var settings = Settings.Of(chart, workload);
        var service = Services.Of(chart, workload);
        var pod = Pods.Of(chart, workload);
        var statefulSet = workload.IsStateful ? StatefulSets.Of(chart, workload, pod) : null;
        var headless = workload.IsStateful ? Services.HeadlessOf(chart, workload) : null;
        var generated = new KubernetesServiceResource(workload.Name, pod.Spec, settings, service, statefulSet, headless, chart);
        foreach (var customization in workload.Resource.Annotations.OfType<CustomizationAnnotation>())
            customization.Customize(generated);

        yield return Template(new V1ServiceAccount { Metadata = chart.Named(workload.Name), AutomountServiceAccountToken = false }.Initialized());
        yield return Template(settings) with { File = workload.SettingsName };
        yield return Template(statefulSet is null ? Deployments.Of(chart, workload, pod) : statefulSet);
        yield return Template(service);
        if (headless is not null)
            yield return Template(headless);
        yield return Template(Disruption.Of(chart, workload));
        foreach (var scaler in Scaling.Of(chart, workload))
            yield return scaler;
        foreach (var additional in generated.AdditionalResources)
            yield return additional;

        ChartTemplate Template(IKubernetesObject<V1ObjectMeta> document) => new(workload.Name, document, workload.Condition);
    }
}
