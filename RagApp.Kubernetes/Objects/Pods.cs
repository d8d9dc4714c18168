using System.Globalization;
using k8s.Models;
using RagApp.Kubernetes.Application;

namespace RagApp.Kubernetes.Objects;

/// <summary>Pods: their container, what it may do, where it runs, and how it ends.</summary>
internal static class Pods
{
    /// <summary>Seconds in which a pod that ends is still served, until all proxies have forgotten it.</summary>
    private const int TurnAwaySeconds = 5;

    public static V1PodTemplateSpec Of(Chart chart, Workload workload) => new()
    {
        Metadata = new() { Labels = chart.LabelsOf(workload.Name), Annotations = AnnotationsOf(chart, workload) },
        Spec = new()
        {
            ServiceAccountName = workload.Name,
            AutomountServiceAccountToken = false,
            EnableServiceLinks = false,
            ImagePullSecrets = [new() { Name = chart.Helm.Items(".Values.image.pullSecrets") }],
            PriorityClassName = Priorities.NameOf(chart, workload.Deployment.Priority),
            TerminationGracePeriodSeconds = (long)workload.Deployment.Grace.TotalSeconds,
            SecurityContext = Security.OfPod(workload.Deployment.User),
            NodeSelector = new Dictionary<string, string> { [chart.Helm.Entries(workload.Value("nodeSelector"))] = "" },
            Tolerations = [new() { Key = chart.Helm.Items(workload.Value("tolerations")) }],
            TopologySpreadConstraints = [Placement.Spread("topology.kubernetes.io/zone", workload), Placement.Spread("kubernetes.io/hostname", workload)],
            Affinity = workload.IsStateful ? Placement.NeverOnOneNode(workload) : null,
            Containers = [ContainerOf(chart, workload)],
            Volumes =
            [
                .. Scratch(workload).Select(volume => new V1Volume { Name = volume.Name, EmptyDir = new() { SizeLimit = new(workload.Deployment.ScratchSize) } }),
                .. SecretMounts.VolumesOf(chart, workload),
            ],
        },
    };

    private static V1Container ContainerOf(Chart chart, Workload workload) => new()
    {
        Name = workload.Name,
        Image = workload.Image,
        ImagePullPolicy = chart.Helm.Text(".Values.image.pullPolicy"),
        Command = workload.Command.Count > 0 ? [.. workload.Command] : null,
        Args = workload.Arguments.Count > 0 ? [.. workload.Arguments] : null,
        Ports = [.. workload.Ports.Select(port => new V1ContainerPort { Name = port.Name, ContainerPort = port.Number, Protocol = "TCP" })],
        EnvFrom = [new() { ConfigMapRef = new() { Name = workload.SettingsName } }, .. SecretMounts.VariablesOf(chart, workload)],
        Env = Settings.SecretsOf(workload),
        Resources = new()
        {
            Requests = new Dictionary<string, ResourceQuantity> { [chart.Helm.Entries(workload.Value("requests"))] = new("0") },
            Limits = new Dictionary<string, ResourceQuantity> { [chart.Helm.Entries(workload.Value("limits"))] = new("0") },
        },
        StartupProbe = Probes.Startup(workload),
        LivenessProbe = Probes.Liveness(workload),
        ReadinessProbe = Probes.Readiness(workload),
        Lifecycle = new() { PreStop = new() { Sleep = new() { Seconds = TurnAwaySeconds } } },
        SecurityContext = Security.OfContainer(),
        TerminationMessagePolicy = "FallbackToLogsOnError",
        VolumeMounts = MountsOf(workload),
    };

    /// <summary>A changed ConfigMap changes the pods, too; without this it would be noticed at the next restart.</summary>
    private static Dictionary<string, string> AnnotationsOf(Chart chart, Workload workload)
    {
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["checksum/settings"] = chart.Helm.Text($"include (print $.Template.BasePath \"/{workload.SettingsName}.yaml\") . | sha256sum"),
        };
        if (workload is { Metrics: { } metrics, Deployment.MetricsKey: null })
        {
            annotations["prometheus.io/scrape"] = "true";
            annotations["prometheus.io/port"] = metrics.Number.ToString(CultureInfo.InvariantCulture);
            annotations["prometheus.io/path"] = "/metrics";
        }
        return annotations;
    }

    private static List<V1VolumeMount> MountsOf(Workload workload)
    {
        List<V1VolumeMount> mounts = [.. Scratch(workload).Select(volume => new V1VolumeMount { Name = volume.Name, MountPath = volume.Path }), .. SecretMounts.MountsOf(workload)];
        if (workload.VolumePath is { } path)
            mounts.Add(new() { Name = StatefulSets.VolumeOf(workload), MountPath = path });
        return mounts;
    }

    private static IEnumerable<(string Name, string Path)> Scratch(Workload workload) =>
        workload.Deployment.ScratchPaths.Prepend("/tmp").Select(path => (path.Trim('/').Replace('/', '-'), path));
}
