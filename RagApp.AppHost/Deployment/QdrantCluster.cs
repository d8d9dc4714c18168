using k8s.Models;
using RagApp.Kubernetes;

namespace RagApp.AppHost.Deployment;

/// <summary>
/// Qdrant as a cluster: the first pod begins it, or joins when it has lost its disk and another one answers; the others join, and the services know every node, since they ask a second one when the
/// first is slow. RagApp itself makes collections, with 3 replicas of which 2 confirm a write, and checks their settings at every start.
/// </summary>
internal static class QdrantCluster
{
    public const string Name = "qdrant-cluster";
    public const string Secret = "vector-db-secret";
    public const string ApiKey = "api-key";
    public const string ReadOnlyKey = "read-only-api-key";

    /// <summary>Folder of the file by which Qdrant says that it has started, beside its read-only image.</summary>
    public const string InitFolder = "/qdrant/init";

    private const string Headless = "qdrant-headless";
    private const string SnapshotsFolder = "/qdrant/snapshots";
    private const int PeerPort = 6335;

    /// <summary>Addresses of all nodes: the numbers from 0 on, each made an address.</summary>
    private const string Nodes =
        $$"""regexReplaceAll "[0-9]+" (join "," (until (int .Values.workloads.qdrant.pods))) "http://{{Name}}-${0}.{{Headless}}:6334" """;

    public static IResourceBuilder<QdrantServerResource> AsCluster(this IResourceBuilder<QdrantServerResource> qdrant) =>
        qdrant.WithDeployment(WorkloadNeeds.Qdrant).PublishAsKubernetesService(Configure);

    /// <summary>Gives the service the gRPC address of every node.</summary>
    public static IResourceBuilder<ProjectResource> WithQdrantNodes(this IResourceBuilder<ProjectResource> service) =>
        service.PublishAsKubernetesService(resource => resource.ConfigMap.Data["Storage__Qdrant__Nodes"] = resource.Helm.Text(Nodes));

    private static void Configure(KubernetesServiceResource resource)
    {
        var settings = resource.ConfigMap.Data;
        settings["QDRANT__CLUSTER__ENABLED"] = "true";
        settings["QDRANT__CLUSTER__P2P__PORT"] = $"{PeerPort}";
        settings["QDRANT__STORAGE__SNAPSHOTS_PATH"] = SnapshotsFolder;
        settings["QDRANT__TELEMETRY_DISABLED"] = "true";
        // An empty first pod would otherwise begin a cluster of its own beside the one that it was part of. A new pod listens for peers only when it has joined one.
        settings["OTHER_NODES"] = resource.Helm.Text("join \" \" (untilStep 1 (int .Values.workloads.qdrant.pods) 1)");
        settings["QDRANT_INIT_FILE_PATH"] = $"{InitFolder}/.qdrant-initialized";

        var container = resource.Pod.Containers[0];
        container.Command = ["/bin/sh", "-c"];
        container.Args =
        [
            $"""
            own="http://$HOSTNAME.{Headless}:{PeerPort}"
            first="http://{Name}-0.{Headless}:{PeerPort}"
            if [ "$own" != "$first" ]; then exec ./entrypoint.sh --bootstrap "$first" --uri "$own"; fi
            if [ ! -s storage/raft_state.json ]; then
              for n in $OTHER_NODES; do
                other="{Name}-$n.{Headless}"
                if timeout 2 bash -c "exec 3<>/dev/tcp/$other/{PeerPort}" 2>/dev/null; then exec ./entrypoint.sh --bootstrap "http://$other:{PeerPort}" --uri "$own"; fi
              done
            fi
            exec ./entrypoint.sh --uri "$own"
            """,
        ];
        container.Ports.Add(new V1ContainerPort { Name = "p2p", ContainerPort = PeerPort, Protocol = "TCP" });
        resource.AddSecret("QDRANT__SERVICE__READ_ONLY_API_KEY", Secret, ReadOnlyKey, isOptional: true);
        container.VolumeMounts.Add(new V1VolumeMount { Name = "qdrant-snapshots", MountPath = SnapshotsFolder });
        resource.HeadlessService!.Spec.Ports.Add(new V1ServicePort { Name = "p2p", Port = PeerPort, TargetPort = "p2p", Protocol = "TCP" });
        resource.StatefulSet!.Spec.VolumeClaimTemplates.Add(SnapshotClaim(resource));
    }

    /// <summary>Snapshots have a volume of their own: one that grows must not fill the index's disk.</summary>
    private static V1PersistentVolumeClaim SnapshotClaim(KubernetesServiceResource resource)
    {
        var size = resource.Values.Add("workloads.qdrant.snapshots.size", "500Gi", "Size of each pod's volume for snapshots.", RagApp.Kubernetes.Helm.Rules.Quantity);
        var claim = resource.StatefulSet!.Spec.VolumeClaimTemplates[0];
        return new V1PersistentVolumeClaim
        {
            ApiVersion = claim.ApiVersion,
            Kind = claim.Kind,
            Metadata = new() { Name = "qdrant-snapshots" },
            Spec = new()
            {
                AccessModes = claim.Spec.AccessModes,
                StorageClassName = claim.Spec.StorageClassName,
                Resources = new() { Requests = new Dictionary<string, ResourceQuantity> { ["storage"] = resource.Helm.Quantity(size) } },
            },
        };
    }
}
