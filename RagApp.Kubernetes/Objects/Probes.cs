using k8s.Models;
using RagApp.Kubernetes.Application;

namespace RagApp.Kubernetes.Objects;

/// <summary>
/// Probes. Liveness asks only the process: one that asked a store would restart every pod when the store is away. Readiness asks the
/// dependencies. The others begin when the startup probe has succeeded.
/// </summary>
internal static class Probes
{
    private const int StartupPeriod = 5;

    public static V1Probe Startup(Workload workload)
    {
        var probe = Ask(workload, workload.Deployment.Probes?.Liveness);
        probe.PeriodSeconds = StartupPeriod;
        probe.FailureThreshold = (int)workload.Deployment.StartTime.TotalSeconds / StartupPeriod;
        return probe;
    }

    public static V1Probe Liveness(Workload workload)
    {
        var probe = Ask(workload, workload.Deployment.Probes?.Liveness);
        probe.PeriodSeconds = 10;
        probe.FailureThreshold = 6;
        return probe;
    }

    public static V1Probe Readiness(Workload workload)
    {
        var probe = Ask(workload, workload.Deployment.Probes?.Readiness);
        probe.PeriodSeconds = 5;
        probe.FailureThreshold = 3;
        return probe;
    }

    /// <summary>A request, or without a path a connection to the first port.</summary>
    private static V1Probe Ask(Workload workload, string? path) => new()
    {
        TimeoutSeconds = 5,
        HttpGet = path is null ? null : new() { Path = path, Port = workload.Deployment.Probes!.Endpoint, Scheme = "HTTP" },
        TcpSocket = path is null ? new() { Port = workload.Ports[0].Name } : null,
    };
}
