using k8s.Models;
using Microsoft.Extensions.Hosting;
using RagApp.Gateway.Draining;
using RagApp.Ingestion.Processing;
using RagApp.ServiceDefaults.Health;

namespace RagApp.Tests.Kubernetes;

/// <summary>Every workload of the rendered chart keeps every policy, with the default values and with everything turned on.</summary>
public sealed class PolicyTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EveryWorkload_KeepsEveryPolicy(bool everything)
    {
        var rendering = await Rendering.OfAsync(everything ? Rendering.Everything : []);

        rendering.Pods.Keys.ShouldBe(["redis", "qdrant", "embedding", "document-ingestion", "query-router", "api-gateway"], ignoreOrder: true);
        foreach (var (name, pod) in rendering.Pods)
        {
            IsProbed(name, pod);
            IsBounded(pod);
            IsRestricted(pod.Spec);
            IsSpread(name, pod);
            EndsInTime(name, pod);
            HasObjects(rendering, name, pod);
        }
        foreach (var test in rendering.All<V1Pod>())
            IsRestricted(test.Spec);
    }

    [Fact]
    public async Task Deployments_WithAnAutoscaler_HaveNoCountOfTheirOwn()
    {
        var scaled = await Rendering.OfAsync();
        var fixedCount = await Rendering.OfAsync("--set", "autoscaling.enabled=false");

        scaled.All<V2HorizontalPodAutoscaler>().Select(scaler => scaler.Spec.ScaleTargetRef.Name).ShouldBe(scaled.All<V1Deployment>().Select(deployment => deployment.Metadata.Name), ignoreOrder: true);
        scaled.All<V1Deployment>().ShouldAllBe(deployment => deployment.Spec.Replicas == null);
        scaled.All<V2HorizontalPodAutoscaler>().ShouldAllBe(scaler => scaler.Spec.MaxReplicas <= 10 && scaler.Spec.Behavior.ScaleDown.StabilizationWindowSeconds >= 300);
        fixedCount.All<V2HorizontalPodAutoscaler>().ShouldBeEmpty();
        fixedCount.All<V1Deployment>().ShouldAllBe(deployment => deployment.Spec.Replicas == 2);
    }

    [Fact]
    public async Task DisruptionBudgets_NeverBlockADrain()
    {
        var budgets = (await Rendering.OfAsync()).All<V1PodDisruptionBudget>().ToList();

        budgets.Count.ShouldBe(6);
        budgets.ShouldAllBe(budget => budget.Spec.MaxUnavailable.Value == "1" && budget.Spec.MinAvailable == null && budget.Spec.UnhealthyPodEvictionPolicy == "AlwaysAllow");
    }

    [Fact]
    public async Task Secrets_AreNamedAndNeverHeld()
    {
        var rendering = await Rendering.OfAsync(Rendering.Everything);

        rendering.All<V1Secret>().ShouldBeEmpty();
        var variables = rendering.Pods.Values.SelectMany(pod => pod.Spec.Containers).SelectMany(container => container.Env ?? []).ToList();
        variables.Where(variable => variable.Value is not null).ShouldAllBe(variable => variable.Value.Contains("$("), "a text beside the ConfigMap holds a secret by reference");
        variables.Where(variable => variable.ValueFrom is not null).ShouldAllBe(variable => variable.ValueFrom.SecretKeyRef != null);
        rendering.All<V1ConfigMap>().SelectMany(map => map.Data?.Keys ?? []).ShouldAllBe(key => !key.Contains("Password") && !key.Contains("ApiKey") && !key.Contains("SecretKey"));
    }

    [Fact]
    public async Task Services_ListenWhereTheirPortsAre()
    {
        var rendering = await Rendering.OfAsync();

        foreach (var service in rendering.All<V1Deployment>().Select(deployment => deployment.Spec.Template))
        {
            var settings = rendering.All<V1ConfigMap>().Single(map => map.Metadata.Name == service.Spec.Containers[0].EnvFrom[0].ConfigMapRef.Name).Data;
            settings["HTTP_PORTS"].Split(';').ShouldBe(service.Spec.Containers[0].Ports.Select(port => $"{port.ContainerPort}"));
            settings["Metrics__Port"].ShouldBe($"{service.Spec.Containers[0].Ports.Single(port => port.Name == "metrics").ContainerPort}");
        }
    }

    [Fact]
    public async Task Namespace_IsRestrictedAndInTheMesh()
    {
        var found = (await Rendering.OfAsync()).All<V1Namespace>().ShouldHaveSingleItem();

        found.Metadata.Name.ShouldBe("rag-production");
        found.Metadata.Labels["istio-injection"].ShouldBe("enabled");
        found.Metadata.Labels["pod-security.kubernetes.io/enforce"].ShouldBe("restricted");
        found.Metadata.Annotations["helm.sh/resource-policy"].ShouldBe("keep");
    }

    [Fact]
    public async Task TwoReleases_InTwoNamespaces_ShareNoName()
    {
        var one = await Rendering.OfAsync("--set", "namespace.name=one");
        var other = await Rendering.OfAsync("--set", "namespace.name=other");

        NamesOf(one).Intersect(NamesOf(other)).ShouldBeEmpty();

        static IEnumerable<string> NamesOf(Rendering rendering) =>
            rendering.Objects.Select(document => $"{document.Kind} {document.Metadata.NamespaceProperty}/{document.Metadata.Name}");
    }

    [Fact]
    public async Task Quota_RefusesAPodThatAsksFor999Processors()
    {
        var rendering = await Rendering.OfAsync();

        rendering.All<V1LimitRange>().Single().Spec.Limits.Single().Max["cpu"].ToDecimal().ShouldBeLessThan(999);
        rendering.All<V1ResourceQuota>().Single().Spec.Hard["limits.cpu"].ToDecimal().ShouldBeLessThan(999);
    }

    [Fact]
    public async Task Quota_HoldsEveryPodAtItsMost()
    {
        var rendering = await Rendering.OfAsync();
        var hard = rendering.All<V1ResourceQuota>().Single().Spec.Hard;
        var most = rendering.All<V2HorizontalPodAutoscaler>().ToDictionary(scaler => scaler.Metadata.Labels["app"], scaler => scaler.Spec.MaxReplicas, StringComparer.Ordinal);
        var stores = rendering.All<V1StatefulSet>().ToDictionary(set => set.Metadata.Labels["app"], set => set.Spec.Replicas ?? 1, StringComparer.Ordinal);

        foreach (var resource in (string[])["cpu", "memory"])
        {
            Sum(container => container.Requests, resource).ShouldBeLessThanOrEqualTo(hard[$"requests.{resource}"].ToDecimal());
            Sum(container => container.Limits, resource).ShouldBeLessThanOrEqualTo(hard[$"limits.{resource}"].ToDecimal());
        }

        decimal Sum(Func<V1ResourceRequirements, IDictionary<string, ResourceQuantity>> of, string resource) =>
            rendering.Pods.Sum(pod => (most.TryGetValue(pod.Key, out var count) ? count : stores[pod.Key]) * of(pod.Value.Spec.Containers[0].Resources)[resource].ToDecimal());
    }

    [Fact]
    public async Task ChangedSetting_RollsThePodsOfItsWorkloadAlone()
    {
        var before = await Rendering.OfAsync();
        var after = await Rendering.OfAsync("--set-string", "workloads.embedding.settings.Embedding__CacheSize=1");

        before.Pods.Where(pod => Checksum(pod.Value) != Checksum(after.Pods[pod.Key])).Select(pod => pod.Key).ShouldBe(["embedding"]);

        static string Checksum(V1PodTemplateSpec pod) => pod.Metadata.Annotations["checksum/settings"];
    }

    [Fact]
    public async Task ExternalRedis_TheChartHasNone()
    {
        var rendering = await Rendering.OfAsync("--set", "workloads.redis.externalHost=redis.example.com");

        rendering.Pods.ShouldNotContainKey("redis");
        rendering.Objects.ShouldAllBe(document => document.Metadata.Name != "redis" && document.Metadata.Name != "redis-headless");
        rendering.Text.ShouldContain("redis.example.com:6379,password=$(REDIS_PASSWORD)");
    }

    [Fact]
    public async Task Qdrant_IsAClusterWhosePodsFindEachOther()
    {
        var rendering = await Rendering.OfAsync("--set", "workloads.qdrant.pods=5");
        var set = rendering.All<V1StatefulSet>().Single(set => set.Metadata.Name == "qdrant-cluster");
        var headless = rendering.All<V1Service>().Single(service => service.Metadata.Name == "qdrant-headless");

        set.Spec.ServiceName.ShouldBe("qdrant-headless");
        set.Spec.PodManagementPolicy.ShouldBe("Parallel");
        set.Spec.VolumeClaimTemplates.Select(claim => claim.Metadata.Name).ShouldBe(["qdrant-storage", "qdrant-snapshots"]);
        set.Spec.VolumeClaimTemplates[0].Spec.StorageClassName.ShouldBe("fast-ssd");
        headless.Spec.ClusterIP.ShouldBe("None");
        headless.Spec.PublishNotReadyAddresses.ShouldBe(true);
        headless.Spec.Ports.Select(port => port.Port).ShouldBe([6333, 6334, 6335], ignoreOrder: true);
        rendering.All<V1ConfigMap>().Single(map => map.Metadata.Name == "query-router-config").Data["Storage__Qdrant__Nodes"].Split(',').ShouldBe(
            Enumerable.Range(0, 5).Select(node => $"http://qdrant-cluster-{node}.qdrant-headless:6334"));
    }

    private static void IsProbed(string name, V1PodTemplateSpec pod)
    {
        var container = pod.Spec.Containers.ShouldHaveSingleItem();
        container.StartupProbe.ShouldNotBeNull();
        container.ReadinessProbe.ShouldNotBeNull();
        container.LivenessProbe.ShouldNotBeNull();
        string[] stores = ["redis", "qdrant"];
        if (!stores.Contains(name))
        {
            container.LivenessProbe.HttpGet.Path.ShouldBe(HealthExtensions.LivenessPath, "it asks nothing but the process");
            container.ReadinessProbe.HttpGet.Path.ShouldBe(HealthExtensions.ReadinessPath);
            pod.Metadata.Annotations["prometheus.io/port"].ShouldBe("8081");
        }
    }

    internal static void IsBounded(V1PodTemplateSpec pod)
    {
        var container = pod.Spec.Containers[0];
        foreach (var resource in (string[])["cpu", "memory"])
        {
            container.Resources.Requests[resource].ToDecimal().ShouldBeGreaterThan(0);
            container.Resources.Limits[resource].ToDecimal().ShouldBeGreaterThanOrEqualTo(container.Resources.Requests[resource].ToDecimal());
        }
        pod.Spec.Volumes.Where(volume => volume.EmptyDir is not null).ShouldAllBe(volume => volume.EmptyDir.SizeLimit != null);
        container.Image.ShouldMatch("[:@][^:@/]+$");
        container.Image.ShouldNotEndWith(":latest");
    }

    /// <summary>Pod Security's profile <c>restricted</c>, a read-only image, and no token for the cluster's API.</summary>
    internal static void IsRestricted(V1PodSpec pod)
    {
        pod.AutomountServiceAccountToken.ShouldBe(false);
        pod.SecurityContext.RunAsNonRoot.ShouldBe(true);
        pod.SecurityContext.RunAsUser.ShouldNotBeNull().ShouldBeGreaterThan(0);
        pod.SecurityContext.SeccompProfile.Type.ShouldBe("RuntimeDefault");
        pod.HostNetwork.ShouldBeNull();
        foreach (var container in pod.Containers)
        {
            container.SecurityContext.AllowPrivilegeEscalation.ShouldBe(false);
            container.SecurityContext.ReadOnlyRootFilesystem.ShouldBe(true);
            container.SecurityContext.Capabilities.Drop.ShouldBe(["ALL"]);
        }
    }

    private static void IsSpread(string name, V1PodTemplateSpec pod)
    {
        pod.Spec.TopologySpreadConstraints.Select(spread => spread.TopologyKey).ShouldBe(["topology.kubernetes.io/zone", "kubernetes.io/hostname"]);
        pod.Spec.TopologySpreadConstraints.ShouldAllBe(spread => spread.LabelSelector.MatchLabels["app"] == name);
        pod.Spec.PriorityClassName.ShouldStartWith("rag-production-");
    }

    private static void EndsInTime(string name, V1PodTemplateSpec pod)
    {
        var turnedAway = pod.Spec.Containers[0].Lifecycle.PreStop.Sleep.Seconds;
        (pod.Spec.TerminationGracePeriodSeconds ?? 0).ShouldBeGreaterThan((long)(turnedAway + LongestEndOf(name).TotalSeconds), name);
    }

    /// <summary>Time after which the program's own host ends it; stores have the same as a default host.</summary>
    private static TimeSpan LongestEndOf(string name) => name switch
    {
        "api-gateway" => new DrainOptions().Time + DrainExtensions.AfterDrain,
        "document-ingestion" => new ProcessingOptions().Drain + ProcessingExtensions.AfterDrain,
        _ => new HostOptions().ShutdownTimeout,
    };

    private static void HasObjects(Rendering rendering, string name, V1PodTemplateSpec pod)
    {
        rendering.All<V1ServiceAccount>().ShouldContain(account => account.Metadata.Name == pod.Spec.ServiceAccountName && account.AutomountServiceAccountToken == false);
        rendering.All<V1PodDisruptionBudget>().ShouldContain(budget => budget.Spec.Selector.MatchLabels["app"] == name);
        rendering.All<V1NetworkPolicy>().ShouldContain(policy => policy.Metadata.Name == name && policy.Spec.PodSelector.MatchLabels["app"] == name);
        var service = rendering.All<V1Service>().Single(service => service.Metadata.Name == name);
        service.Spec.Selector.ShouldAllBe(label => pod.Metadata.Labels[label.Key] == label.Value);
        service.Spec.Ports.ShouldAllBe(port => pod.Spec.Containers[0].Ports.Any(own => own.Name == port.TargetPort.Value && own.ContainerPort == port.Port));
        rendering.All<V1ConfigMap>().ShouldContain(map => map.Metadata.Name == pod.Spec.Containers[0].EnvFrom[0].ConfigMapRef.Name);
        rendering.All<V1PriorityClass>().ShouldContain(priority => priority.Metadata.Name == pod.Spec.PriorityClassName);
    }
}
