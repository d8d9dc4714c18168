using k8s.Models;
using RagApp.Kubernetes.Application;

namespace RagApp.Kubernetes.Objects;

/// <summary>Workloads whose pods are alike and keep nothing.</summary>
internal static class Deployments
{
    public static V1Deployment Of(Chart chart, Workload workload, V1PodTemplateSpec pod) => new V1Deployment
    {
        Metadata = chart.Named(workload.ObjectName, workload.Name),
        Spec = new()
        {
            // An autoscaler's choice would be undone by every upgrade if the count stood here.
            Replicas = chart.Helm.Number(workload.Value("leastPods"), workload.Deployment.Pods.IsScaled ? "not .Values.autoscaling.enabled" : null),
            RevisionHistoryLimit = 5,
            ProgressDeadlineSeconds = 600,
            Selector = Metadata.Select(workload.Name),
            Strategy = new() { Type = "RollingUpdate", RollingUpdate = new() { MaxSurge = 1, MaxUnavailable = 0 } },
            Template = pod,
        },
    }.Initialized();
}
