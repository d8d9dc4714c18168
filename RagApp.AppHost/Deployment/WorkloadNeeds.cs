using RagApp.Kubernetes;

namespace RagApp.AppHost.Deployment;

/// <summary>The needs of each resource in a cluster: pods, processors, memory and network. docs/kubernetes.md says for how many people these sizes are.</summary>
internal static class WorkloadNeeds
{
    /// <summary>Folder for what a pod may lose: documents are in the bucket, and the index is in Qdrant.</summary>
    public const string Scratch = "/data";

    /// <summary>Runs the embedded model unless a provider is configured, so that processors decide its speed. Calls of providers are in the usage journal.</summary>
    public static WorkloadDeployment Embedding { get; } = new()
    {
        Pods = new(2, 6),
        Cpu = new("1", "4"),
        Memory = new("1Gi", "2Gi"),
        ScratchPaths = [Scratch],
        CallsProviders = true,
        CallsObjectStore = true,
    };

    /// <summary>Its parsers read one document each, in their own processes with limits of their own.</summary>
    public static WorkloadDeployment Ingestion { get; } = new()
    {
        Pods = new(2, 6),
        // Each pod reports the whole queue.
        Backlog = new("""sum(max by (ragapp_queue_state) (ragapp_queue_jobs{namespace="NAMESPACE", ragapp_queue_state=~"interactive|bulk|running"}))""", PerPod: 40),
        Cpu = new("500m", "2"),
        Memory = new("2Gi", "4Gi"),
        Priority = WorkloadPriority.Background,
        ScratchPaths = [Scratch],
        ScratchSize = "10Gi",
        Grace = TimeSpan.FromSeconds(60),
        CallsObjectStore = true,
    };

    public static WorkloadDeployment Query { get; } = new()
    {
        Pods = new(2, 8),
        Cpu = new("500m", "2"),
        Memory = new("512Mi", "2Gi"),
        ScratchPaths = [Scratch],
        CallsProviders = true,
        CallsObjectStore = true,
    };

    /// <summary>It gives answers 30 seconds to finish when it stops (<c>Drain:Time</c>), and ends itself within ten more.</summary>
    public static WorkloadDeployment Gateway { get; } = new()
    {
        Pods = new(2, 8),
        Cpu = new("250m", "2"),
        Memory = new("512Mi", "1Gi"),
        Grace = TimeSpan.FromSeconds(60),
        ScratchPaths = [Scratch],
        CallsProviders = true,
        CallsObjectStore = true,
    };

    /// <summary>A model on one GPU, which it fetches at its start; the queue in front of the embedding service waits meanwhile.</summary>
    public static WorkloadDeployment Inference { get; } = new()
    {
        Pods = new(1, 4),
        Cpu = new("2", "8"),
        Memory = new("4Gi", "16Gi"),
        Accelerators = 1,
        ScratchPaths = [Scratch],
        ScratchSize = "20Gi",
        User = 1000,
        Probes = new("/health", "/health"),
        StartTime = TimeSpan.FromMinutes(15),
        MetricsEndpoint = "http",
        CallsProviders = true,
    };

    /// <summary>It holds whole office files in memory while it reads them.</summary>
    public static WorkloadDeployment Unstructured { get; } = new()
    {
        Pods = new(1, 3),
        Cpu = new("500m", "2"),
        Memory = new("2Gi", "4Gi"),
        Priority = WorkloadPriority.Background,
        User = 1000,
        Probes = new("/healthcheck", "/healthcheck"),
        MetricsEndpoint = null,
    };

    /// <summary>One server: what it holds can be rebuilt from the bucket, so that a restart is an outage of seconds, not a loss.</summary>
    public static WorkloadDeployment Redis { get; } = new()
    {
        Pods = new(1),
        Cpu = new("250m", "1"),
        Memory = new("1Gi", "2Gi"),
        Priority = WorkloadPriority.Store,
        Volume = new("20Gi"),
        User = 999,
        Probes = null,
        MetricsEndpoint = null,
        MayBeExternal = true,
    };

    /// <summary>Three copies of each chunk, of which two confirm a write; recovering a large one takes long at a start.</summary>
    public static WorkloadDeployment Qdrant { get; } = new()
    {
        Name = QdrantCluster.Name,
        Pods = new(3),
        Cpu = new("1", "4"),
        Memory = new("8Gi", "16Gi"),
        Priority = WorkloadPriority.Store,
        Volume = new("500Gi", "fast-ssd"),
        ScratchPaths = [QdrantCluster.InitFolder],
        User = 1000,
        Probes = new("/livez", "/readyz"),
        StartTime = TimeSpan.FromMinutes(30),
        Grace = TimeSpan.FromSeconds(120),
        MetricsEndpoint = "http",
        MetricsKey = (QdrantCluster.Secret, QdrantCluster.ReadOnlyKey),
    };
}
