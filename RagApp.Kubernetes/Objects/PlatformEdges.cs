using System.Globalization;
using k8s.Models;
using RagApp.Kubernetes.Application;
using RagApp.Kubernetes.Helm;

namespace RagApp.Kubernetes.Objects;

/// <summary>
/// The edges to the platform, all of them: names (DNS), metrics, people's requests, providers, the object store, the collector, the mesh,
/// peers of a store, stores outside of the chart. A policy that forgot one of them would be days of searching.
/// </summary>
internal static class PlatformEdges
{
    private const string NamespaceLabel = "kubernetes.io/metadata.name";
    private const int Dns = 53;
    private const int OtlpGrpc = 4317;
    private const int MeshControl = 15012;
    private const int MeshMetrics = 15020;

    public static IEnumerable<ChartTemplate> Of(Chart chart) =>
    [
        Edge(NetworkPolicies.Policy(chart, "allow-dns", new(), egress: [ToDns()])),
        .. chart.Workloads.Where(workload => workload.Metrics is not null).Select(workload => Edge(FromPrometheus(chart, workload))),
        Edge(NetworkPolicies.Policy(chart, "allow-mesh", new(), egress: [ToNamespace(chart, "meshNamespace", MeshControl)])),
        Edge(NetworkPolicies.Policy(chart, "allow-telemetry", new(), egress: [ToNamespace(chart, "telemetryNamespace", OtlpGrpc)]), ".Values.telemetry.otlpEndpoint"),
        .. chart.Workloads.Where(workload => workload.IsExternal).Select(workload => Edge(FromPeople(chart, workload))),
        .. chart.Workloads.Where(workload => workload.HasPeers).Select(workload => Edge(BetweenPeers(chart, workload), workload.Condition)),
        .. chart.Workloads.Where(workload => workload.Deployment.CallsProviders).Select(workload => Edge(ToProviders(chart, workload))),
        .. chart.Workloads.Where(workload => workload.Deployment.CallsObjectStore).Select(workload => Edge(ToObjectStore(chart, workload.Name))),
        .. chart.Workloads.Where(workload => workload is { Deployment.CallsObjectStore: true, Tasks: not null }).Select(workload => Edge(ToObjectStore(chart, workload.TasksName), workload.TasksCondition)),
        .. chart.Workloads.Where(workload => workload.Deployment.MayBeExternal).SelectMany(workload => ToExternal(chart, workload)),
    ];

    private static ChartTemplate Edge(V1NetworkPolicy policy, string? condition = null) => new("", policy, condition);

    private static V1NetworkPolicyEgressRule ToDns() => new()
    {
        To = [new() { NamespaceSelector = NamespaceIs("kube-system"), PodSelector = new() { MatchLabels = new Dictionary<string, string> { ["k8s-app"] = "kube-dns" } } }],
        Ports = [new() { Protocol = "UDP", Port = $"{Dns}" }, NetworkPolicies.Tcp(Dns)],
    };

    private static V1NetworkPolicy FromPrometheus(Chart chart, Workload workload) => NetworkPolicies.Policy(
        chart, $"allow-metrics-{workload.Name}", Metadata.Select(workload.Name),
        ingress: [FromNamespace(chart, "monitoringNamespace", [NetworkPolicies.Tcp(workload.Metrics!.Number), NetworkPolicies.Tcp(MeshMetrics)])]);

    private static V1NetworkPolicy FromPeople(Chart chart, Workload workload) => NetworkPolicies.Policy(
        chart, $"allow-people-{workload.Name}", Metadata.Select(workload.Name),
        ingress: [FromNamespace(chart, "ingressNamespace", [.. workload.Ports.Where(port => port.IsExternal).Select(port => NetworkPolicies.Tcp(port.Number))])]);

    private static V1NetworkPolicy BetweenPeers(Chart chart, Workload workload) => NetworkPolicies.Policy(
        chart, $"allow-peers-{workload.Name}", Metadata.Select(workload.Name),
        ingress: [new() { FromProperty = [new() { PodSelector = Metadata.Select(workload.Name) }] }],
        egress: [new() { To = [new() { PodSelector = Metadata.Select(workload.Name) }] }]);

    private static V1NetworkPolicy ToProviders(Chart chart, Workload workload) => NetworkPolicies.Policy(
        chart, $"allow-providers-{workload.Name}", Metadata.Select(workload.Name),
        egress: [new() { To = [ProviderNetworks(chart)], Ports = [NetworkPolicies.Tcp(443)] }]);

    private static V1NetworkPolicy ToObjectStore(Chart chart, string pods) => NetworkPolicies.Policy(
        chart, $"allow-object-store-{pods}", Metadata.Select(pods),
        egress:
        [
            new()
            {
                To = [new() { IpBlock = new() { Cidr = chart.Helm.Text(".Values.network.objectStore.cidr") } }],
                Ports = [new() { Protocol = "TCP", Port = chart.Helm.Number(".Values.network.objectStore.port").ToString(CultureInfo.InvariantCulture) }],
            },
        ]);

    /// <summary>From every workload that refers to the store, and from its tasks, to the networks in which it is outside of the chart.</summary>
    private static IEnumerable<ChartTemplate> ToExternal(Chart chart, Workload store)
    {
        foreach (var caller in chart.Workloads)
        {
            if (caller.References.Any(reference => reference.Workload == store.Name))
                yield return Edge(ToExternal(chart, store, caller.Name), store.Value("externalHost"));
            if (caller.TaskReferences.Any(reference => reference.Workload == store.Name))
                yield return Edge(ToExternal(chart, store, caller.TasksName), store.Value("externalHost"));
        }
    }

    private static V1NetworkPolicy ToExternal(Chart chart, Workload store, string pods) => NetworkPolicies.Policy(
        chart, $"allow-external-{store.Name}-{pods}", Metadata.Select(pods),
        egress: [new() { To = [new() { IpBlock = new() { Cidr = chart.Helm.Text(".Values.network.externalStores.cidr") } }], Ports = [.. store.Ports.Select(port => NetworkPolicies.Tcp(port.Number))] }]);

    private static V1NetworkPolicyPeer ProviderNetworks(Chart chart) => new()
    {
        IpBlock = new() { Cidr = chart.Helm.Text(".Values.network.providers.cidr"), Except = [chart.Helm.Items(".Values.network.providers.except")] },
    };

    private static V1NetworkPolicyIngressRule FromNamespace(Chart chart, string value, IList<V1NetworkPolicyPort> ports) =>
        new() { FromProperty = [new() { NamespaceSelector = NamespaceIs(chart.Helm.Text($".Values.network.{value}")) }], Ports = ports };

    private static V1NetworkPolicyEgressRule ToNamespace(Chart chart, string value, int port) =>
        new() { To = [new() { NamespaceSelector = NamespaceIs(chart.Helm.Text($".Values.network.{value}")) }], Ports = [NetworkPolicies.Tcp(port)] };

    private static V1LabelSelector NamespaceIs(string name) => new() { MatchLabels = new Dictionary<string, string> { [NamespaceLabel] = name } };
}
