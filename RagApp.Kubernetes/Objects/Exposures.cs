using k8s.Models;
using RagApp.Kubernetes.Application;
using RagApp.Kubernetes.Helm;

namespace RagApp.Kubernetes.Objects;

/// <summary>The way from people to the external endpoint without a mesh: an Ingress, or a route of the Gateway API.</summary>
internal static class Exposures
{
    /// <summary>Namespace of a second release, in which the same workload gets a share of the requests.</summary>
    public const string CanaryNamespace = ".Values.exposure.canary.namespace";

    /// <summary>Expressions of that share and of the rest, in percent.</summary>
    public const string CanaryShare = ".Values.exposure.canary.weight", CanaryRest = "sub 100 (int .Values.exposure.canary.weight)";

    private const string File = "exposure";

    public static IEnumerable<ChartTemplate> Of(Chart chart) => chart.Workloads.Where(workload => workload.IsExternal).SelectMany(workload => (ChartTemplate[])
    [
        new(File, IngressTo(chart, workload), Is("ingress")),
        new(File, RouteTo(chart, workload, BackendOf(workload)), $"and ({Is("gateway")}) (not {CanaryNamespace})"),
        new(File, RouteTo(chart, workload, BackendOf(chart, workload, CanaryRest, chart.Namespace), BackendOf(chart, workload, CanaryShare, chart.Helm.Text(CanaryNamespace))), $"and ({Is("gateway")}) {CanaryNamespace}"),
    ]);

    /// <summary>Condition that a kind of exposure is chosen.</summary>
    public static string Is(string kind) => $"eq .Values.exposure.kind \"{kind}\"";

    private static V1Ingress IngressTo(Chart chart, Workload workload)
    {
        var host = chart.Helm.Text(".Values.exposure.host");
        var metadata = chart.Named(workload.Name);
        metadata.Annotations = new Dictionary<string, string> { [chart.Helm.Entries(".Values.exposure.annotations")] = "" };
        return new V1Ingress
        {
            Metadata = metadata,
            Spec = new()
            {
                IngressClassName = chart.Helm.TextOrNothing(".Values.exposure.className"),
                Tls = [new() { Hosts = [host], SecretName = chart.Helm.Text(".Values.exposure.tlsSecret") }],
                Rules =
                [
                    new()
                    {
                        Host = host,
                        Http = new() { Paths = [new() { Path = "/", PathType = "Prefix", Backend = new() { Service = new() { Name = workload.Name, Port = new() { Name = ExternalPort(workload).Name } } } }] },
                    },
                ],
            },
        }.Initialized();
    }

    /// <summary>The Gateway, with its certificate, is the platform's own.</summary>
    private static CustomObject RouteTo(Chart chart, Workload workload, params object[] backends) => new()
    {
        ApiVersion = "gateway.networking.k8s.io/v1",
        Kind = "HTTPRoute",
        Metadata = chart.Named(workload.Name),
        Spec = new
        {
            parentRefs = new[] { new { name = chart.Helm.Text(".Values.exposure.gateway"), @namespace = chart.Helm.Text(".Values.exposure.gatewayNamespace") } },
            hostnames = new[] { chart.Helm.Text(".Values.exposure.host") },
            rules = new[]
            {
                new
                {
                    backendRefs = backends,
                    // A streamed answer takes as long as its model.
                    timeouts = new { request = "0s" },
                },
            },
        },
    };

    private static object BackendOf(Workload workload) => new { name = workload.Name, port = ExternalPort(workload).Number };

    private static object BackendOf(Chart chart, Workload workload, string weight, string @namespace) =>
        new { name = workload.Name, @namespace, port = ExternalPort(workload).Number, weight = chart.Helm.Number(weight) };

    private static Port ExternalPort(Workload workload) => workload.Ports.First(port => port.IsExternal);
}
