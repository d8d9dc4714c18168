using System.Globalization;
using System.Text;
using k8s.Models;
using RagApp.Kubernetes.Application;
using RagApp.Kubernetes.Helm;

namespace RagApp.Kubernetes.Objects;

/// <summary>
/// <c>helm test</c>: one pod per workload, which the network policies take for that workload, tries each of its edges, and one address
/// that must be closed to it. A missing policy is found in a minute.
/// </summary>
internal static class Connectivity
{
    private const string File = "tests";
    private const string Image = "docker.io/library/busybox:1.37.0";

    /// <summary>User <c>nobody</c> of the image.</summary>
    private const long User = 65_534;

    public static IEnumerable<ChartTemplate> Of(Chart chart)
    {
        var image = chart.Helm.Text(chart.Values.Add("tests.image", Image, "Image with a shell and netcat, for helm test.", Rules.Image));
        return chart.Workloads.Where(workload => workload.References.Count > 0).Select(workload => new ChartTemplate(File, PodOf(chart, workload, image)));
    }

    private static V1Pod PodOf(Chart chart, Workload workload, string image)
    {
        var metadata = chart.Named($"{workload.Name}-connectivity", workload.Name);
        metadata.Annotations = new Dictionary<string, string> { ["helm.sh/hook"] = "test", ["helm.sh/hook-delete-policy"] = "before-hook-creation,hook-succeeded" };
        // The policies take the pod for the workload by its label. The Service sends it nothing, since it has no port of that name.
        return new V1Pod
        {
            Metadata = metadata,
            Spec = new()
            {
                RestartPolicy = "Never",
                ActiveDeadlineSeconds = 120,
                ServiceAccountName = workload.Name,
                AutomountServiceAccountToken = false,
                EnableServiceLinks = false,
                SecurityContext = Security.OfPod(User),
                Containers =
                [
                    new()
                    {
                        Name = "connectivity",
                        Image = image,
                        Command = ["/bin/sh", "-c", Script(chart, workload)],
                        Resources = new()
                        {
                            Requests = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("50m"), ["memory"] = new("32Mi") },
                            Limits = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("100m"), ["memory"] = new("64Mi") },
                        },
                        SecurityContext = Security.OfContainer(),
                    },
                ],
            },
        }.Initialized();
    }

    private static string Script(Chart chart, Workload workload)
    {
        var script = new StringBuilder("failed=0\n");
        foreach (var reference in workload.References)
        {
            var target = chart.Workloads.Single(other => other.Name == reference.Workload);
            var port = target.Ports.Single(port => port.Name == reference.Port).Number;
            script.Append(CultureInfo.InvariantCulture, $"nc -z -w 5 {chart.HostOf(target.Resource)} {port} && echo \"open: {target.Name}:{port}\" || {{ echo \"CLOSED: {target.Name}:{port}\"; failed=1; }}\n");
        }
        if (Closed(chart, workload) is { } closed)
            script.Append(CultureInfo.InvariantCulture, $"nc -z -w 5 {closed.Name} {closed.Ports[0].Number} && {{ echo \"OPEN, but should be closed: {closed.Name}\"; failed=1; }} || echo \"closed: {closed.Name}\"\n");
        return script.Append("exit $failed\n").ToString();
    }

    /// <summary>A workload that this one does not call.</summary>
    private static Workload? Closed(Chart chart, Workload workload) =>
        chart.Workloads.FirstOrDefault(other => other != workload && workload.References.All(reference => reference.Workload != other.Name));
}
