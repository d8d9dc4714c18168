using k8s.Models;
using RagApp.Kubernetes.Helm;

namespace RagApp.Kubernetes.Objects;

/// <summary>
/// Priorities by which pods give way when nodes are full: background work before questions, questions before stores. The names carry
/// the namespace, since priority classes belong to the whole cluster.
/// </summary>
internal static class Priorities
{
    public static string NameOf(Chart chart, WorkloadPriority priority) => $"{chart.Namespace}-{priority.ToString().ToLowerInvariant()}";

    public static IEnumerable<ChartTemplate> Of(Chart chart) =>
        Enum.GetValues<WorkloadPriority>().Select(priority => new ChartTemplate("priorities", new V1PriorityClass
        {
            Metadata = new() { Name = NameOf(chart, priority), Labels = chart.LabelsOf(chart.Options.Name) },
            Value = ((int)priority + 1) * 10_000,
            PreemptionPolicy = priority == WorkloadPriority.Background ? "Never" : "PreemptLowerPriority",
        }.Initialized()));
}
