using k8s.Models;
using RagApp.Kubernetes.Application;

namespace RagApp.Kubernetes.Objects;

/// <summary>Services, under the names by which the application model's references find them.</summary>
internal static class Services
{
    public static V1Service Of(Chart chart, Workload workload) => new V1Service
    {
        Metadata = chart.Named(workload.Name),
        Spec = new() { Type = "ClusterIP", Selector = Metadata.AppIs(workload.Name), Ports = PortsOf(workload) },
    }.Initialized();

    /// <summary>Names of the single pods. Peers find each other here before they are ready, since none would be ready otherwise.</summary>
    public static V1Service HeadlessOf(Chart chart, Workload workload) => new V1Service
    {
        Metadata = chart.Named(workload.HeadlessName, workload.Name),
        Spec = new() { ClusterIP = "None", PublishNotReadyAddresses = true, Selector = Metadata.AppIs(workload.Name), Ports = PortsOf(workload) },
    }.Initialized();

    private static List<V1ServicePort> PortsOf(Workload workload) =>
        [.. workload.Ports.Select(port => new V1ServicePort
        {
            Name = port.Name,
            Port = port.Number,
            TargetPort = port.Name,
            Protocol = "TCP",
            AppProtocol = port.Name == "grpc" ? "kubernetes.io/h2c" : null,
        })];
}
