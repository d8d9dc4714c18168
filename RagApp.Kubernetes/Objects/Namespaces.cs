using k8s.Models;
using RagApp.Kubernetes.Helm;

namespace RagApp.Kubernetes.Objects;

/// <summary>
/// The namespace: its pods are restricted by Kubernetes' Pod Security, and Istio, if there is one, joins them to the mesh. Helm keeps it
/// when the release is removed, since the volumes are in it.
/// </summary>
internal static class Namespaces
{
    public static IEnumerable<ChartTemplate> Of(Chart chart)
    {
        var labels = chart.LabelsOf(chart.Options.Name);
        labels["name"] = chart.Namespace;
        labels["istio-injection"] = "enabled";
        foreach (var mode in (string[])["enforce", "audit", "warn"])
            labels[$"pod-security.kubernetes.io/{mode}"] = "restricted";
        yield return new ChartTemplate("namespace", new V1Namespace
        {
            Metadata = new() { Name = chart.Namespace, Labels = labels, Annotations = new Dictionary<string, string> { ["helm.sh/resource-policy"] = "keep" } },
        }.Initialized(), ".Values.namespace.create");
    }
}
