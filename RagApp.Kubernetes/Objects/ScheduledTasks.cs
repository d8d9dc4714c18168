using System.Text.Json.Nodes;
using k8s.Models;
using RagApp.Kubernetes.Application;
using RagApp.Kubernetes.Helm;

namespace RagApp.Kubernetes.Objects;

/// <summary>
/// CronJobs, whose pods are those of a workload with another command. They have a label and an account of their own: a Service, a
/// disruption budget or an autoscaler of the workload must not count them.
/// </summary>
internal static class ScheduledTasks
{
    private const string Work = "work";
    private const int Kept = 3;

    /// <summary>A run that could not start at its time, such as during an upgrade of the cluster, starts up to an hour later.</summary>
    private const int LatestStart = 3_600;

    /// <summary>A finished run and its log stay for a week.</summary>
    private const int Shown = 7 * 86_400;

    public static IEnumerable<ChartTemplate> Of(Chart chart, Workload workload)
    {
        if (workload.Tasks is not { } tasks)
            yield break;
        var size = chart.Values.Add($"{PathOf(workload)}.workSize", tasks.WorkSize, "Size of the volume that a task's pod has while it runs; it holds a copy of the index.", Rules.Quantity);
        chart.Values.Add($"{PathOf(workload)}.workClass", "", "Its storage class; empty for the cluster's default.");
        yield return Template(new V1ServiceAccount { Metadata = chart.Named(workload.TasksName), AutomountServiceAccountToken = false }.Initialized());
        foreach (var task in tasks.Tasks)
            yield return Template(JobOf(chart, workload, tasks, task, size));

        ChartTemplate Template(k8s.IKubernetesObject<V1ObjectMeta> document) => new(workload.TasksName, document, workload.TasksCondition);
    }

    private static V1CronJob JobOf(Chart chart, Workload workload, TaskDeployment tasks, ScheduledTask task, string size)
    {
        var path = $"{PathOf(workload)}.{ChartValues.KeyOf(task.Name)}";
        var schedule = chart.Values.Add($"{path}.schedule", task.Schedule, task.Description, new JsonObject { ["minLength"] = 9 });
        return new V1CronJob
        {
            Metadata = chart.Named(task.Name, workload.TasksName),
            Spec = new()
            {
                Schedule = chart.Helm.Text(schedule),
                TimeZone = "Etc/UTC",
                Suspend = task.IsManual ? true : null,
                ConcurrencyPolicy = "Forbid",
                StartingDeadlineSeconds = LatestStart,
                SuccessfulJobsHistoryLimit = Kept,
                FailedJobsHistoryLimit = Kept,
                JobTemplate = new()
                {
                    Metadata = new() { Labels = chart.LabelsOf(workload.TasksName) },
                    Spec = new()
                    {
                        BackoffLimit = task.IsManual ? 0 : 2,
                        ActiveDeadlineSeconds = (long)task.Deadline.TotalSeconds,
                        TtlSecondsAfterFinished = Shown,
                        Template = PodOf(chart, workload, tasks, task, size),
                    },
                },
            },
        }.Initialized();
    }

    private static V1PodTemplateSpec PodOf(Chart chart, Workload workload, TaskDeployment tasks, ScheduledTask task, string size)
    {
        var pod = Pods.Of(chart, workload);
        pod.Metadata = new() { Labels = chart.LabelsOf(workload.TasksName) };
        var spec = pod.Spec;
        spec.ServiceAccountName = workload.TasksName;
        spec.RestartPolicy = "Never";
        spec.TopologySpreadConstraints = null;
        spec.Volumes.Add(new V1Volume { Name = Work, Ephemeral = new() { VolumeClaimTemplate = ClaimOf(chart, workload, size) } });
        var container = spec.Containers[0];
        container.Name = task.Name;
        container.Args = [.. task.Arguments];
        (container.Ports, container.StartupProbe, container.LivenessProbe, container.ReadinessProbe, container.Lifecycle) = (null, null, null, null, null);
        container.VolumeMounts.Add(new V1VolumeMount { Name = Work, MountPath = tasks.WorkPath });
        foreach (var (variable, (secret, key)) in tasks.Secrets)
            container.Env.Add(Settings.FromSecret(variable, chart.Use(new SecretKey(variable, secret, key, IsOptional: false))));
        return pod;
    }

    private static V1PersistentVolumeClaimTemplate ClaimOf(Chart chart, Workload workload, string size) => new()
    {
        Spec = new()
        {
            AccessModes = ["ReadWriteOnce"],
            StorageClassName = chart.Helm.TextOrNothing($".Values.{PathOf(workload)}.workClass"),
            Resources = new() { Requests = new Dictionary<string, ResourceQuantity> { ["storage"] = chart.Helm.Quantity(size) } },
        },
    };

    private static string PathOf(Workload workload) => $"{Workload.PathOf(workload.Name)}.tasks";
}
