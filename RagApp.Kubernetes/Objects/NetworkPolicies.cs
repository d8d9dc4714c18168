using System.Globalization;
using k8s.Models;
using RagApp.Kubernetes.Application;
using RagApp.Kubernetes.Helm;

namespace RagApp.Kubernetes.Objects;

/// <summary>
/// Nothing may talk to anything, except along the references of the application model, and along the edges to the platform that
/// <see cref="PlatformEdges"/> lists.
/// </summary>
internal static class NetworkPolicies
{
    private const string File = "network";

    public static IEnumerable<ChartTemplate> Of(Chart chart)
    {
        yield return new ChartTemplate(File, Policy(chart, chart.Options.DenyingPolicy, new V1LabelSelector(), ingress: [], egress: []));
        foreach (var workload in chart.Workloads)
            yield return new ChartTemplate(File, OfWorkload(chart, workload), workload.Condition);
        foreach (var caller in chart.Workloads.Where(workload => workload.Tasks is not null))
        {
            foreach (var (policy, condition) in OfTasks(chart, caller))
                yield return new ChartTemplate(File, policy, condition);
        }
        foreach (var edge in PlatformEdges.Of(chart))
            yield return edge with { File = File };
    }

    public static V1NetworkPolicy Policy(
        Chart chart, string name, V1LabelSelector pods, IList<V1NetworkPolicyIngressRule>? ingress = null, IList<V1NetworkPolicyEgressRule>? egress = null) => new V1NetworkPolicy
        {
            Metadata = chart.Named(name, chart.Options.Name),
            Spec = new()
            {
                PodSelector = pods,
                PolicyTypes = [.. (ingress is null ? [] : (string[])["Ingress"]), .. (egress is null ? [] : (string[])["Egress"])],
                Ingress = ingress is { Count: > 0 } ? ingress : null,
                Egress = egress is { Count: > 0 } ? egress : null,
            },
        }.Initialized();

    public static V1NetworkPolicyPort Tcp(int port) => new() { Protocol = "TCP", Port = port.ToString(CultureInfo.InvariantCulture) };

    /// <summary>The two ends of each reference: who may call this workload, and whom it may call.</summary>
    private static V1NetworkPolicy OfWorkload(Chart chart, Workload workload)
    {
        var callers =
            from caller in chart.Workloads
            from reference in caller.References
            where reference.Workload == workload.Name
            group NumberOf(chart, reference) by caller.Name into ports
            select new V1NetworkPolicyIngressRule { FromProperty = [PodsOf(ports.Key)], Ports = [.. ports.Distinct().Select(Tcp)] };
        return Policy(chart, workload.Name, Metadata.Select(workload.Name), [.. callers], Called(chart, workload.References));
    }

    /// <summary>The edges of a workload's tasks: what they call, and at each of these that they may call it.</summary>
    private static IEnumerable<(V1NetworkPolicy Policy, string? Condition)> OfTasks(Chart chart, Workload caller)
    {
        yield return (Policy(chart, caller.TasksName, Metadata.Select(caller.TasksName), ingress: [], Called(chart, caller.TaskReferences)), caller.TasksCondition);
        foreach (var called in caller.TaskReferences.GroupBy(reference => reference.Workload, reference => NumberOf(chart, reference), StringComparer.Ordinal))
        {
            var rule = new V1NetworkPolicyIngressRule { FromProperty = [PodsOf(caller.TasksName)], Ports = [.. called.Distinct().Select(Tcp)] };
            yield return (Policy(chart, $"allow-tasks-{caller.Name}-{called.Key}", Metadata.Select(called.Key), ingress: [rule]), caller.TasksCondition);
        }
    }

    private static List<V1NetworkPolicyEgressRule> Called(Chart chart, IEnumerable<Reference> references) =>
    [
        .. from reference in references
           group NumberOf(chart, reference) by reference.Workload into ports
           select new V1NetworkPolicyEgressRule { To = [PodsOf(ports.Key)], Ports = [.. ports.Distinct().Select(Tcp)] },
    ];

    private static int NumberOf(Chart chart, Reference reference) =>
        chart.Workloads.Single(workload => workload.Name == reference.Workload).Ports.Single(port => port.Name == reference.Port).Number;

    private static V1NetworkPolicyPeer PodsOf(string workload) => new() { PodSelector = Metadata.Select(workload) };
}
