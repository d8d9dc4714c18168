using k8s.Models;
using RagApp.Ingestion.Maintenance;

namespace RagApp.Tests.Kubernetes;

/// <summary>CronJobs of backup, drill and restore keep the policies of workloads, and reach only the stores.</summary>
public sealed class TaskTests
{
    private const string Tasks = "document-ingestion-tasks";

    [Fact]
    public async Task CronJobs_RunOneAtATimeWithATimeLimit()
    {
        var jobs = (await Rendering.OfAsync()).All<V1CronJob>().ToList();

        jobs.Select(job => job.Metadata.Name).ShouldBe(["backup", "backup-drill", "restore"], ignoreOrder: true);
        jobs.ShouldAllBe(job => job.Spec.ConcurrencyPolicy == "Forbid" && job.Spec.TimeZone == "Etc/UTC" && job.Spec.StartingDeadlineSeconds > 0);
        jobs.ShouldAllBe(job => job.Spec.JobTemplate.Spec.ActiveDeadlineSeconds > 0 && job.Spec.JobTemplate.Spec.BackoffLimit <= 2 && job.Spec.JobTemplate.Spec.TtlSecondsAfterFinished > 0);
        jobs.Where(job => job.Spec.Suspend == true).ShouldHaveSingleItem().Metadata.Name.ShouldBe("restore");
        jobs.Single(job => job.Metadata.Name == "restore").Spec.JobTemplate.Spec.BackoffLimit.ShouldBe(0, "a restore is repeated by a person, not by itself");
    }

    [Fact]
    public async Task CronJobs_RunVerbsOfTheServicesImage()
    {
        var rendering = await Rendering.OfAsync();
        var service = rendering.Pods["document-ingestion"].Spec.Containers[0];

        foreach (var container in rendering.All<V1CronJob>().Select(job => job.Spec.JobTemplate.Spec.Template.Spec.Containers.ShouldHaveSingleItem()))
        {
            container.Image.ShouldBe(service.Image);
            container.Args[0].ShouldBe(MaintenanceCommand.Verb);
            MaintenanceVerbs.All.Find(container.Args[1]).ShouldNotBeNull();
            container.EnvFrom.Select(source => source.ConfigMapRef?.Name).ShouldBe(service.EnvFrom.Select(source => source.ConfigMapRef?.Name));
            container.VolumeMounts.Select(mount => mount.MountPath).ShouldContain(container.Args.Single(argument => argument.StartsWith("--Backup:Scratch=", StringComparison.Ordinal)).Split('=')[1]);
            container.VolumeMounts.Select(mount => mount.MountPath).ShouldContain(container.Args[container.Args.IndexOf("--data") + 1]);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pods_OfTasks_AreRestrictedBoundedAndTheirOwn(bool everything)
    {
        var rendering = await Rendering.OfAsync(everything ? Rendering.Everything : []);

        foreach (var pod in rendering.All<V1CronJob>().Select(job => job.Spec.JobTemplate.Spec.Template))
        {
            PolicyTests.IsRestricted(pod.Spec);
            PolicyTests.IsBounded(pod);
            pod.Spec.RestartPolicy.ShouldBe("Never");
            pod.Metadata.Labels["app"].ShouldBe(Tasks, "a Service, a budget or an autoscaler of the workload must not count it");
            pod.Spec.ServiceAccountName.ShouldBe(Tasks);
            rendering.All<V1ServiceAccount>().ShouldContain(account => account.Metadata.Name == Tasks && account.AutomountServiceAccountToken == false);
            pod.Spec.PriorityClassName.ShouldEndWith("background");
            pod.Spec.Volumes.Where(volume => volume.Ephemeral is not null).ShouldHaveSingleItem()
                .Ephemeral.VolumeClaimTemplate.Spec.Resources.Requests["storage"].ToDecimal().ShouldBeGreaterThan(0);
            var container = pod.Spec.Containers[0];
            (container.Ports, container.ReadinessProbe, container.Lifecycle).ShouldBe((null, null, null));
        }
    }

    [Fact]
    public async Task Key_OfBackups_IsInNoOtherPod()
    {
        var rendering = await Rendering.OfAsync();

        rendering.All<V1CronJob>().SelectMany(job => job.Spec.JobTemplate.Spec.Template.Spec.Containers).Where(container => !HasKey(container)).ShouldBeEmpty();
        rendering.Pods.Values.SelectMany(pod => pod.Spec.Containers).Where(HasKey).ShouldBeEmpty();
        rendering.Pods["document-ingestion"].Spec.Containers[0].Env.ShouldContain(variable => variable.Name == "Backup__S3__SecretKey" && variable.ValueFrom.SecretKeyRef.Name == "backup-secret");

        static bool HasKey(V1Container container) => container.Env.Any(variable => variable.ValueFrom?.SecretKeyRef is { Name: "backup-secret", Key: "key" });
    }

    [Fact]
    public async Task Edges_OfTasks_AreTheStoresAndTheBucketAndNothingCallsThem()
    {
        var policies = (await Rendering.OfAsync()).All<V1NetworkPolicy>().ToList();
        var own = policies.Where(policy => policy.Spec.PodSelector.MatchLabels is { } labels && labels.TryGetValue("app", out var app) && app == Tasks).ToList();

        own.Select(policy => policy.Metadata.Name).ShouldBe([Tasks, $"allow-object-store-{Tasks}"], ignoreOrder: true);
        own.SelectMany(policy => policy.Spec.Ingress ?? []).ShouldBeEmpty();
        foreach (var (called, ports) in own.Single(policy => policy.Metadata.Name == Tasks).Spec.Egress.Select(rule => (rule.To.Single().PodSelector.MatchLabels["app"], rule.Ports.Select(port => port.Port.Value))))
        {
            var open = policies.Single(policy => policy.Metadata.Name == $"allow-tasks-document-ingestion-{called}");
            open.Spec.PodSelector.MatchLabels["app"].ShouldBe(called);
            open.Spec.Ingress.ShouldHaveSingleItem().FromProperty.ShouldHaveSingleItem().PodSelector.MatchLabels["app"].ShouldBe(Tasks);
            open.Spec.Ingress[0].Ports.Select(port => port.Port.Value).ShouldBe(ports);
        }
    }

    [Fact]
    public async Task Mesh_TasksMayCallTheStores()
    {
        var rendering = await Rendering.OfAsync(Rendering.Everything);

        foreach (var store in (string[])["redis", "qdrant"])
        {
            rendering.Others.Single(other => other!["kind"]!.GetValue<string>() == "AuthorizationPolicy" && other["metadata"]!["name"]!.GetValue<string>() == store)!
                .ToJsonString().ShouldContain($"/sa/{Tasks}");
        }
    }

    [Fact]
    public async Task WithoutAPlaceForBackups_ThereAreNoTasks()
    {
        var rendering = await Rendering.OfAsync("--set", "parameters.backupBucket=", "--set", "parameters.backupEndpoint=");

        rendering.All<V1CronJob>().ShouldBeEmpty();
        rendering.Objects.ShouldAllBe(document => !document.Metadata.Name.Contains("tasks"));
        rendering.All<V1ConfigMap>().Single(map => map.Metadata.Name == "document-ingestion-config").Data["Backup__S3__Endpoint"].ShouldBeEmpty();
    }

    [Fact]
    public async Task Quota_HasRoomForOneRunOfEachTask()
    {
        var rendering = await Rendering.OfAsync();
        var hard = rendering.All<V1ResourceQuota>().Single().Spec.Hard;
        var most = rendering.All<V2HorizontalPodAutoscaler>().ToDictionary(scaler => scaler.Metadata.Labels["app"], scaler => scaler.Spec.MaxReplicas, StringComparer.Ordinal);
        var stores = rendering.All<V1StatefulSet>().ToDictionary(set => set.Metadata.Labels["app"], set => set.Spec.Replicas ?? 1, StringComparer.Ordinal);

        foreach (var resource in (string[])["cpu", "memory"])
        {
            var pods = rendering.Pods.Sum(pod => (most.TryGetValue(pod.Key, out var count) ? count : stores[pod.Key]) * pod.Value.Spec.Containers[0].Resources.Limits[resource].ToDecimal());
            var tasks = rendering.All<V1CronJob>().Sum(job => job.Spec.JobTemplate.Spec.Template.Spec.Containers[0].Resources.Limits[resource].ToDecimal());
            (pods + tasks).ShouldBeLessThanOrEqualTo(hard[$"limits.{resource}"].ToDecimal());
        }
    }
}
