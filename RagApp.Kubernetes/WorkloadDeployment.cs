namespace RagApp.Kubernetes;

/// <summary>Needs of a resource of the application model in a cluster; the needs that all resources share are the defaults.</summary>
public sealed record WorkloadDeployment
{
    /// <summary>Name of the Deployment or StatefulSet; null for the resource's name, which its Service always has.</summary>
    public string? Name { get; init; }

    /// <summary>Number of pods. With a range, an autoscaler chooses within it by processor use.</summary>
    public PodRange Pods { get; init; } = new(1);

    /// <summary>Work that waits for the pods, by which KEDA scales them besides processors; null for processors alone.</summary>
    public Backlog? Backlog { get; init; }

    /// <summary>Requested and largest amount of processors of a pod, as a Kubernetes quantity.</summary>
    public Amount Cpu { get; init; } = new("250m", "1");

    /// <summary>Requested and largest amount of memory of a pod, as a Kubernetes quantity.</summary>
    public Amount Memory { get; init; } = new("256Mi", "1Gi");

    /// <summary>Number of GPUs of a pod, which then runs only on nodes that are kept for such pods; 0 for none.</summary>
    public int Accelerators { get; init; }

    public WorkloadPriority Priority { get; init; } = WorkloadPriority.Serving;

    /// <summary>Volume of each pod; a resource that has one becomes a StatefulSet. Its path is that of the resource's own volume.</summary>
    public VolumeSize? Volume { get; init; }

    /// <summary>Folders that the program may write to and that a new pod finds empty, besides <c>/tmp</c>.</summary>
    public IReadOnlyList<string> ScratchPaths { get; init; } = [];

    /// <summary>Largest size of <c>/tmp</c> and of each of <see cref="ScratchPaths"/>, as a Kubernetes quantity.</summary>
    public string ScratchSize { get; init; } = "1Gi";

    /// <summary>Numeric user that the image is made for; 1654 is the user of .NET's images.</summary>
    public long User { get; init; } = 1654;

    /// <summary>HTTP probes; null for probes that only connect to the first port.</summary>
    public HttpProbes? Probes { get; init; } = new();

    /// <summary>Longest time that a start may take.</summary>
    public TimeSpan StartTime { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Time from the signal to end until the pod is killed; it includes the five seconds in which traffic is turned away.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>True when the program calls model providers outside of the cluster.</summary>
    public bool CallsProviders { get; init; }

    /// <summary>True when the program uses the object store.</summary>
    public bool CallsObjectStore { get; init; }

    /// <summary>Endpoint with metrics for Prometheus at <c>/metrics</c>; null for none.</summary>
    public string? MetricsEndpoint { get; init; } = "metrics";

    /// <summary>Key of a Secret that Prometheus must show there; null for none.</summary>
    public (string Secret, string Key)? MetricsKey { get; init; }

    /// <summary>True when the chart can be told to use a server outside of it instead of this resource.</summary>
    public bool MayBeExternal { get; init; }
}

/// <summary>Number of pods: at least one, the first at the start.</summary>
public sealed record PodRange(int Least, int Most)
{
    public PodRange(int count) : this(count, count)
    {
    }

    public bool IsScaled => Most > Least;
}

/// <summary>Work that waits for pods.</summary>
/// <param name="Query">PromQL that counts it; NAMESPACE stands for the namespace.</param>
/// <param name="PerPod">Amount for which one pod is enough.</param>
public sealed record Backlog(string Query, int PerPod);

/// <summary>A requested and a largest amount, as Kubernetes quantities.</summary>
public sealed record Amount(string Request, string Limit);

/// <summary>Size of a volume, as a Kubernetes quantity, and its storage class; null for the cluster's default class.</summary>
public sealed record VolumeSize(string Size, string? StorageClass = null);

/// <summary>Paths of the probes, and the endpoint that answers them.</summary>
public sealed record HttpProbes(string Liveness = "/health", string Readiness = "/ready", string Endpoint = "http");

/// <summary>Rank of pods when the cluster is full: background work gives way first, stores last.</summary>
public enum WorkloadPriority
{
    Background,
    Serving,
    Store,
}
