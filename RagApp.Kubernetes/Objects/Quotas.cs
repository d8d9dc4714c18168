using k8s.Models;
using RagApp.Kubernetes.Helm;

namespace RagApp.Kubernetes.Objects;

/// <summary>Ceilings: what the namespace may use, and what one container may ask for.</summary>
internal static class Quotas
{
    public static IEnumerable<ChartTemplate> Of(Chart chart)
    {
        var name = chart.Options.Name;
        yield return new ChartTemplate("quota", new V1ResourceQuota
        {
            Metadata = chart.Named(name),
            Spec = new() { Hard = AllOf(chart, "quota.hard") },
        }.Initialized());
        yield return new ChartTemplate("quota", new V1LimitRange
        {
            Metadata = chart.Named(name),
            Spec = new()
            {
                Limits =
                [
                    new()
                    {
                        Type = "Container",
                        Max = AllOf(chart, "quota.largestContainer"),
                        DefaultProperty = AllOf(chart, "quota.container"),
                        DefaultRequest = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("50m"), ["memory"] = new("64Mi") },
                    },
                ],
            },
        }.Initialized());
    }

    private static Dictionary<string, ResourceQuantity> AllOf(Chart chart, string path) =>
        new(StringComparer.Ordinal) { [chart.Helm.Entries($".Values.{path}")] = new("0") };
}
