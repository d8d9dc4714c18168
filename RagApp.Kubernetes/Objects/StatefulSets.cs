using k8s.Models;
using RagApp.Kubernetes.Application;

namespace RagApp.Kubernetes.Objects;

/// <summary>Stores: each pod has a name and a volume that outlive it.</summary>
internal static class StatefulSets
{
    /// <summary>Name of the volume's claims.</summary>
    public static string VolumeOf(Workload workload) => $"{workload.Name}-storage";

    public static V1StatefulSet Of(Chart chart, Workload workload, V1PodTemplateSpec pod) => new V1StatefulSet
    {
        Metadata = chart.Named(workload.ObjectName, workload.Name),
        Spec = new()
        {
            // A store of one pod is not made a cluster by a number.
            Replicas = workload.HasPeers ? chart.Helm.Number(workload.Value("pods")) : 1,
            ServiceName = workload.HeadlessName,
            // Peers that wait for each other must all start; updates still go pod by pod, from the last to the first.
            PodManagementPolicy = "Parallel",
            UpdateStrategy = new() { Type = "RollingUpdate" },
            RevisionHistoryLimit = 5,
            PersistentVolumeClaimRetentionPolicy = new() { WhenDeleted = "Retain", WhenScaled = "Retain" },
            Selector = Metadata.Select(workload.Name),
            Template = pod,
            VolumeClaimTemplates = [ClaimOf(chart, workload)],
        },
    }.Initialized();

    private static V1PersistentVolumeClaim ClaimOf(Chart chart, Workload workload) => new V1PersistentVolumeClaim
    {
        Metadata = new() { Name = VolumeOf(workload) },
        Spec = new()
        {
            AccessModes = ["ReadWriteOnce"],
            StorageClassName = chart.Helm.TextOrNothing(workload.Value("volume.storageClass")),
            Resources = new() { Requests = new Dictionary<string, ResourceQuantity> { ["storage"] = chart.Helm.Quantity(workload.Value("volume.size")) } },
        },
    }.Initialized();
}
