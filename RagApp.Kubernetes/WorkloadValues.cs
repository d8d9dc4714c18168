using System.Text.Json.Nodes;
using RagApp.Kubernetes.Helm;

namespace RagApp.Kubernetes;

/// <summary>The values of one workload.</summary>
internal static class WorkloadValues
{
    /// <summary>The device plugin's name of a GPU, and the usual taint of nodes that have some.</summary>
    private const string Gpu = "nvidia.com/gpu";

    public static void AddTo(ChartValues values, string path, WorkloadDeployment deployment)
    {
        if (deployment.Volume is { } volume)
            AddStore(values, path, deployment, volume);
        else
            AddPods(values, path, deployment.Pods);
        values.Add($"{path}.requests", Amounts(deployment.Cpu.Request, deployment.Memory.Request), "What each pod is sure to have.");
        var limits = Amounts(deployment.Cpu.Limit, deployment.Memory.Limit);
        if (deployment.Accelerators > 0)
            limits[Gpu] = $"{deployment.Accelerators}";
        values.Add($"{path}.limits", limits, "What each pod has at most.");
        values.Add($"{path}.settings", new JsonObject(), "Further environment variables, as strings.", new() { ["additionalProperties"] = new JsonObject { ["type"] = "string" } });
        values.Add($"{path}.secretSettings", "", "Name of a Secret whose keys are further settings, named as environment variables are; empty for none. Services read them again when it changes.");
        values.Add($"{path}.nodeSelector", new JsonObject(), "Labels of the nodes to run on.");
        values.Add($"{path}.tolerations", deployment.Accelerators > 0 ? new JsonArray(Tolerating(Gpu)) : [], "Taints of nodes to accept.");
    }

    private static void AddPods(ChartValues values, string path, PodRange pods)
    {
        values.Add($"{path}.leastPods", pods.Least, "Number of pods, the least of them when an autoscaler chooses.", Rules.AtLeast(1));
        if (pods.IsScaled)
            values.Add($"{path}.mostPods", pods.Most, "Most pods that an autoscaler may choose: the ceiling of this workload's cost.", Rules.Between(1, 100));
    }

    private static void AddStore(ChartValues values, string path, WorkloadDeployment deployment, VolumeSize volume)
    {
        if (deployment.Pods.Most > 1)
            values.Add($"{path}.pods", deployment.Pods.Least, "Number of pods.", Rules.Between(1, 100));
        values.Add($"{path}.volume.size", volume.Size, "Size of each pod's volume. An upgrade cannot change it: see docs/kubernetes.md.", Rules.Quantity);
        values.Add($"{path}.volume.storageClass", volume.StorageClass ?? "", "Its storage class; empty for the cluster's default.");
        if (deployment.MayBeExternal)
            values.Add($"{path}.externalHost", "", "Host of a server outside of the chart, which then has none of its own.");
    }

    private static JsonObject Tolerating(string taint) => new() { ["key"] = taint, ["operator"] = "Exists", ["effect"] = "NoSchedule" };

    private static JsonObject Amounts(string cpu, string memory) => new() { ["cpu"] = cpu, ["memory"] = memory };
}
