using System.Diagnostics;
using System.Text.Json.Nodes;
using k8s.Models;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Kubernetes;

/// <summary>Values that change single parts of the chart: the ingress's network, KEDA, a canary; and the start of the index's first pod.</summary>
public sealed class SwitchTests
{
    private const string Ingestion = "document-ingestion";

    [Theory]
    [InlineData("", null)]
    [InlineData("10.244.0.0/16", "10.244.0.0/16")]
    [InlineData("fd00:10:244::/56", "fd00:10:244::/56")]
    public async Task IngressNetwork_IsBelievedByTheGatewayAlone(string value, string? trusted)
    {
        var maps = (await Rendering.OfAsync("--set", $"network.ingressCidr={value}")).All<V1ConfigMap>().ToList();

        maps.Single(map => map.Metadata.Name == "api-gateway-config").Data.TryGetValue("RateLimits__TrustedProxies__0", out var found);
        found.ShouldBe(trusted);
        maps.Where(map => map.Metadata.Name != "api-gateway-config").SelectMany(map => map.Data?.Keys ?? []).ShouldNotContain("RateLimits__TrustedProxies__0");
    }

    [Fact]
    public async Task Keda_ScalesTheIngestionByItsQueueInPlaceOfTheAutoscaler()
    {
        var usual = await Rendering.OfAsync();
        var keda = await Rendering.OfAsync("--set", "autoscaling.keda=true");

        usual.Others.ShouldAllBe(other => KindOf(other) != "ScaledObject");
        keda.All<V2HorizontalPodAutoscaler>().Select(scaler => scaler.Metadata.Name).ShouldBe(
            usual.All<V2HorizontalPodAutoscaler>().Select(scaler => scaler.Metadata.Name).Where(name => name != Ingestion), ignoreOrder: true);
        var spec = keda.Others.Where(other => KindOf(other) == "ScaledObject").ShouldHaveSingleItem()!["spec"]!;
        spec["scaleTargetRef"]!["name"]!.GetValue<string>().ShouldBe(Ingestion);
        (spec["minReplicaCount"]!.GetValue<int>(), spec["maxReplicaCount"]!.GetValue<int>()).ShouldBe((2, 6));
        var query = spec["triggers"]!.AsArray().Single(trigger => trigger!["type"]!.GetValue<string>() == "prometheus")!["metadata"]!["query"]!.GetValue<string>();
        query.ShouldContain("namespace=\"rag-production\"");
        keda.All<V1Deployment>().ShouldAllBe(deployment => deployment.Spec.Replicas == null);
    }

    [Theory]
    [InlineData("istio", "VirtualService")]
    [InlineData("gateway", "HTTPRoute")]
    public async Task Canary_GetsItsShareOfTheRequests(string kind, string route)
    {
        string[] exposure = ["--set", "mesh.enabled=true", "--set", $"exposure.kind={kind}"];
        WeightsIn(await Rendering.OfAsync(exposure)).ShouldBe([null]);

        var rendering = await Rendering.OfAsync([.. exposure, "--set", "exposure.canary.namespace=rag-canary", "--set", "exposure.canary.weight=5"]);

        WeightsIn(rendering).ShouldBe([95, 5]);
        rendering.Others.Single(other => KindOf(other) == route)!.ToJsonString().ShouldContain("rag-canary");

        IEnumerable<int?> WeightsIn(Rendering found)
        {
            var rule = found.Others.Single(other => KindOf(other) == route)!["spec"]![kind == "istio" ? "http" : "rules"]!.AsArray().ShouldHaveSingleItem()!;
            return [.. rule[kind == "istio" ? "route" : "backendRefs"]!.AsArray().Select(target => target!["weight"]?.GetValue<int>())];
        }
    }

    [Theory]
    [InlineData("qdrant-cluster-0", false, "", "--uri http://qdrant-cluster-0.qdrant-headless:6335")]
    [InlineData("qdrant-cluster-0", true, "1 2", "--uri http://qdrant-cluster-0.qdrant-headless:6335")]
    [InlineData("qdrant-cluster-0", false, "2", "--bootstrap http://qdrant-cluster-2.qdrant-headless:6335 --uri http://qdrant-cluster-0.qdrant-headless:6335")]
    [InlineData("qdrant-cluster-1", false, "", "--bootstrap http://qdrant-cluster-0.qdrant-headless:6335 --uri http://qdrant-cluster-1.qdrant-headless:6335")]
    public async Task QdrantPod_Starts_JoinsTheClusterThatItsDiskOrTheOthersKnow(string name, bool hasDisk, string answering, string expected)
    {
        var rendering = await Rendering.OfAsync();
        var script = rendering.Pods["qdrant"].Spec.Containers[0].Args.ShouldHaveSingleItem();
        using var folder = new TemporaryFolder();
        await WriteProgramAsync(folder.Path, "entrypoint.sh", "echo \"$@\"");
        await WriteProgramAsync(folder.Path, "timeout", $"for n in {answering}; do case \"$*\" in *qdrant-cluster-$n.qdrant-headless/6335*) exit 0;; esac; done; exit 1");
        Directory.CreateDirectory(Path.Combine(folder.Path, "storage"));
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "storage", "raft_state.json"), hasDisk ? "{}" : "", Cancellation);

        var others = rendering.All<V1ConfigMap>().Single(map => map.Metadata.Name == "qdrant-config").Data["OTHER_NODES"];
        others.ShouldBe("1 2");
        var start = new ProcessStartInfo("/bin/sh", ["-c", script])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { ["HOSTNAME"] = name, ["OTHER_NODES"] = others, ["PATH"] = $"{folder.Path}:{Environment.GetEnvironmentVariable("PATH")}" },
        };
        using var process = Process.Start(start)!;
        (await process.StandardOutput.ReadToEndAsync(Cancellation)).Trim().ShouldBe(expected);
        await process.WaitForExitAsync(Cancellation);
    }

    private static string? KindOf(JsonNode? other) => other!["kind"]!.GetValue<string>();

    private static async Task WriteProgramAsync(string folder, string name, string line)
    {
        var path = Path.Combine(folder, name);
        await File.WriteAllTextAsync(path, $"#!/bin/sh\n{line}\n", Cancellation);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
