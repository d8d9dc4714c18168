using k8s.Models;

namespace RagApp.Tests.Kubernetes;

/// <summary>Secret settings reach the services as files, which follow their Secrets, or as variables where a change needs a restart.</summary>
public sealed class SecretSettingTests
{
    private const string Folder = "/run/secrets/settings";

    [Theory]
    [InlineData("api-gateway")]
    [InlineData("query-router")]
    public async Task ProviderKey_IsAFileAndNoVariable(string workload)
    {
        var rendering = await Rendering.OfAsync();
        var pod = rendering.Pods[workload].Spec;

        SourcesOf(pod).Single(secret => secret.Name == "openai-secret").ShouldSatisfyAllConditions(
            secret => secret.Optional.ShouldBe(true),
            secret => secret.Items.ShouldHaveSingleItem().ShouldSatisfyAllConditions(item => item.Key.ShouldBe("api-key"), item => item.Path.ShouldBe("Chat__ApiKey")));
        pod.Containers[0].Env.ShouldNotContain(variable => variable.Name == "Chat__ApiKey");
    }

    [Fact]
    public async Task Services_KnowTheFolderAndReadFurtherSettingsThere()
    {
        var rendering = await Rendering.OfAsync("--set", "workloads.embedding.secretSettings=embedding-settings");

        foreach (var pod in rendering.All<V1Deployment>().Select(deployment => deployment.Spec.Template))
        {
            var container = pod.Spec.Containers[0];
            container.VolumeMounts.Single(mount => mount.MountPath == Folder).ReadOnlyProperty.ShouldBe(true);
            rendering.All<V1ConfigMap>().Single(map => map.Metadata.Name == container.EnvFrom.ShouldHaveSingleItem().ConfigMapRef.Name).Data["SecretFiles__Folder"].ShouldBe(Folder);
            pod.Spec.Volumes.Single(volume => volume.Projected is not null).Projected.DefaultMode.ShouldBe(Convert.ToInt32("440", 8));
        }
        SourcesOf(rendering.Pods["embedding"].Spec).ShouldHaveSingleItem().Name.ShouldBe("embedding-settings");
    }

    [Fact]
    public async Task Stores_ReadNoFiles_AndGetFurtherSettingsAsVariables()
    {
        var rendering = await Rendering.OfAsync("--set", "workloads.redis.secretSettings=redis-settings");

        foreach (var store in rendering.All<V1StatefulSet>().Select(set => set.Spec.Template.Spec))
            store.Volumes.ShouldAllBe(volume => volume.Projected == null);
        rendering.Pods["redis"].Spec.Containers[0].EnvFrom.ShouldContain(source => source.SecretRef != null && source.SecretRef.Name == "redis-settings");
    }

    [Fact]
    public async Task AuditKey_IsAnOptionalSecretOfTheTwoServicesThatSign()
    {
        var rendering = await Rendering.OfAsync();

        var signing = rendering.Pods.Where(pod => pod.Value.Spec.Containers[0].Env.Any(variable => variable.Name == "Audit__SigningKey")).ToList();
        signing.Select(pod => pod.Key).ShouldBe(["api-gateway", "document-ingestion"], ignoreOrder: true);
        signing.Select(pod => pod.Value.Spec.Containers[0].Env.Single(variable => variable.Name == "Audit__SigningKey").ValueFrom.SecretKeyRef)
            .ShouldAllBe(key => key.Name == "audit-secret" && key.Key == "signing-key" && key.Optional == true);
    }

    private static IEnumerable<V1SecretProjection> SourcesOf(V1PodSpec pod) =>
        pod.Volumes.Single(volume => volume.Projected is not null).Projected.Sources.Select(source => source.Secret);
}
