using RagApp.Kubernetes.Application;
using RagApp.Kubernetes.Helm;

namespace RagApp.Kubernetes.Objects;

/// <summary>
/// Istio: every connection is encrypted and both ends are known; a workload answers only those that the application model lets call it.
/// The mesh itself is installed with Istio's own charts (base, istiod, cni); the restricted namespace needs its CNI plugin or ambient mode.
/// </summary>
internal static class Meshes
{
    private const string File = "mesh";
    private const string Security = "security.istio.io/v1";
    private const string Networking = "networking.istio.io/v1";

    private static readonly string[] MetricsPaths = ["/metrics"];

    public static IEnumerable<ChartTemplate> Of(Chart chart)
    {
        List<CustomObject> objects =
        [
            Object(chart, Security, "PeerAuthentication", chart.Options.Name, new { mtls = new { mode = "STRICT" } }),
            Object(chart, Security, "AuthorizationPolicy", chart.Options.DenyingPolicy, new { }),
            Object(chart, "telemetry.istio.io/v1", "Telemetry", chart.Options.Name, new { tracing = new[] { new { randomSamplingPercentage = 10.0 } } }),
            .. chart.Workloads.Where(workload => workload.Metrics is not null).Select(workload => PlainMetricsOf(chart, workload)),
            .. chart.Workloads.Select(workload => CallersOf(chart, workload)),
            .. chart.Workloads.Select(workload => ConnectionsTo(chart, workload)),
        ];
        foreach (var document in objects)
            yield return new ChartTemplate(File, document, ".Values.mesh.enabled");
        foreach (var workload in chart.Workloads.Where(workload => workload.IsExternal))
        {
            yield return new ChartTemplate(File, GatewayTo(chart, workload), $"and .Values.mesh.enabled ({Exposures.Is("istio")})");
            yield return new ChartTemplate(File, RouteTo(chart, workload, RouteOf(workload)), $"and .Values.mesh.enabled ({Exposures.Is("istio")}) (not {Exposures.CanaryNamespace})");
            yield return new ChartTemplate(
                File, RouteTo(chart, workload, RouteOf(chart, workload, Exposures.CanaryRest, chart.Namespace), RouteOf(chart, workload, Exposures.CanaryShare, chart.Helm.Text(Exposures.CanaryNamespace))),
                $"and .Values.mesh.enabled ({Exposures.Is("istio")}) {Exposures.CanaryNamespace}");
        }
    }

    private static CustomObject CallersOf(Chart chart, Workload workload)
    {
        var callers = chart.Workloads.Where(caller => caller == workload ? workload.HasPeers : caller.References.Any(reference => reference.Workload == workload.Name));
        var rules = callers.Select(caller => RuleFor(new { principals = new[] { PrincipalOf(chart, caller.Name) } }))
            .Concat(chart.Workloads.Where(caller => caller.TaskReferences.Any(reference => reference.Workload == workload.Name))
                .Select(caller => RuleFor(new { principals = new[] { PrincipalOf(chart, caller.TasksName) } })))
            .ToList();
        if (workload.Metrics is { } metrics)
            rules.Add(new { to = new[] { new { operation = new { ports = new[] { $"{metrics.Number}" }, paths = MetricsPaths } } } });
        if (workload.IsExternal)
            rules.Add(RuleFor(new { namespaces = new[] { chart.Helm.Text(".Values.network.ingressNamespace") } }));
        return Object(chart, Security, "AuthorizationPolicy", workload.Name, new
        {
            selector = new { matchLabels = new { app = workload.Name } },
            action = "ALLOW",
            rules,
        });
    }

    private static object RuleFor(object source) => new { from = new[] { new { source } } };

    /// <summary>Prometheus is usually outside of the mesh. Who may reach the port at all, the network's policies say.</summary>
    private static CustomObject PlainMetricsOf(Chart chart, Workload workload) => Object(chart, Security, "PeerAuthentication", workload.Name, new
    {
        selector = new { matchLabels = new { app = workload.Name } },
        mtls = new { mode = "STRICT" },
        portLevelMtls = new Dictionary<string, object>(StringComparer.Ordinal) { [$"{workload.Metrics!.Number}"] = new { mode = "PERMISSIVE" } },
    });

    /// <summary>Limits of the connections to a workload, and a pause for a pod that keeps failing. Nothing is retried here: the callers know what is safe to repeat.</summary>
    private static CustomObject ConnectionsTo(Chart chart, Workload workload) => Object(chart, Networking, "DestinationRule", workload.Name, new
    {
        host = $"{workload.Name}.{chart.Namespace}.svc.cluster.local",
        trafficPolicy = new
        {
            tls = new { mode = "ISTIO_MUTUAL" },
            connectionPool = new { tcp = new { maxConnections = 1_000, connectTimeout = "2s" }, http = new { http2MaxRequests = 1_000 } },
            outlierDetection = new { consecutive5xxErrors = 10, interval = "10s", baseEjectionTime = "30s", maxEjectionPercent = 50 },
        },
    });

    private static CustomObject GatewayTo(Chart chart, Workload workload) => Object(chart, Networking, "Gateway", workload.Name, new
    {
        selector = new { istio = "ingressgateway" },
        servers = new[]
        {
            new
            {
                port = new { number = 443, name = "https", protocol = "HTTPS" },
                hosts = new[] { chart.Helm.Text(".Values.exposure.host") },
                tls = new { mode = "SIMPLE", credentialName = chart.Helm.Text(".Values.exposure.tlsSecret") },
            },
        },
    });

    private static CustomObject RouteTo(Chart chart, Workload workload, params object[] routes) => Object(chart, Networking, "VirtualService", workload.Name, new
    {
        hosts = new[] { chart.Helm.Text(".Values.exposure.host") },
        gateways = new[] { workload.Name },
        http = new[]
        {
            new
            {
                route = routes,
                // A streamed answer takes as long as its model, and a question that was sent twice would be paid for twice.
                timeout = "0s",
                retries = new { attempts = 0 },
            },
        },
    });

    private static object RouteOf(Workload workload) => new { destination = Destination(workload, workload.Name) };

    private static object RouteOf(Chart chart, Workload workload, string weight, string @namespace) =>
        new { destination = Destination(workload, $"{workload.Name}.{@namespace}.svc.cluster.local"), weight = chart.Helm.Number(weight) };

    private static object Destination(Workload workload, string host) => new { host, port = new { number = workload.Ports.First(port => port.IsExternal).Number } };

    private static CustomObject Object(Chart chart, string version, string kind, string name, object spec) =>
        new() { ApiVersion = version, Kind = kind, Metadata = chart.Named(name, chart.Options.Name), Spec = spec };

    private static string PrincipalOf(Chart chart, string workload) => $"cluster.local/ns/{chart.Namespace}/sa/{workload}";
}
