using k8s.Models;
using RagApp.AppHost.Running;
using RagApp.Tests.AppHost;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Kubernetes;

/// <summary>The committed chart is the one that the application model generates, and Helm takes it.</summary>
public sealed class ChartTests
{
    [Fact]
    public async Task Publish_Chart_EqualsTheCommittedOne()
    {
        using var folder = new TemporaryFolder();
        var (exitCode, output) = await AppHostCommand.RunAsync("publish", "--output", folder.Path);
        exitCode.ShouldBe(0, output);

        FilesOf(folder.Path).ShouldBe(FilesOf(Rendering.Chart), "Write it again: dotnet run --project RagApp.AppHost -- publish --output deploy/chart (from the root)");
    }

    [Fact]
    public void Publish_IsWhatTheAspireCommandAsksFor() =>
        PublishCommand.Translate(["publish", "--output", "/charts/ragapp", "--Unstructured:Enabled=true"]).ShouldBe(
            ["--operation", "publish", "--step", "publish-chart", "--output-path", "/charts/ragapp", "--Unstructured:Enabled=true"]);

    [Fact]
    public async Task Publish_WithInference_PutsAModelServerOnGpusBehindTheEmbeddingService()
    {
        using var folder = new TemporaryFolder();
        var (exitCode, output) = await AppHostCommand.RunAsync("publish", "--output", folder.Path, "--Inference:Model=BAAI/bge-m3", "--Inference:Dimension=1024", "--Unstructured:Enabled=true");
        exitCode.ShouldBe(0, output);

        var rendering = await Rendering.OfChartAsync(folder.Path);

        var pod = rendering.Pods["inference"];
        pod.Spec.Containers[0].Resources.Limits["nvidia.com/gpu"].ToDecimal().ShouldBe(1);
        pod.Spec.Tolerations.ShouldHaveSingleItem().Key.ShouldBe("nvidia.com/gpu");
        rendering.All<V1ConfigMap>().Single(map => map.Metadata.Name == "embedding-config").Data["Embedding__Provider__Endpoint"].ShouldBe("http://inference:8080");
        rendering.All<V1NetworkPolicy>().Single(policy => policy.Metadata.Name == "inference").Spec.Ingress.ShouldHaveSingleItem().FromProperty.ShouldHaveSingleItem().PodSelector.MatchLabels["app"].ShouldBe("embedding");
        rendering.Pods.ShouldContainKey("unstructured");
    }

    [Fact]
    public async Task Publish_WithoutFolder_SaysWhatIsMissing()
    {
        var (exitCode, output) = await AppHostCommand.RunAsync("publish");

        exitCode.ShouldBe(1);
        output.ShouldContain("publish --output DIR");
    }

    [Theory]
    [InlineData]
    [InlineData("--values", "values.eu.yaml")]
    [InlineData("--values", "values.us.yaml")]
    public async Task Lint_Strict_FindsNothing(params string[] values)
    {
        Assert.SkipWhen(HelmProgram.Missing is not null, HelmProgram.Missing ?? "");
        string[] files = values is ["--values", var file] ? ["--values", Path.Combine(Rendering.Chart, file)] : [];

        var (exitCode, output, errors) = await HelmProgram.RunAsync(["lint", "--strict", Rendering.Chart, .. files]);

        exitCode.ShouldBe(0, output + errors);
    }

    [Theory]
    [InlineData("image.tag=latest", "image")]
    [InlineData("workloads.qdrant.image=docker.io/qdrant/qdrant:latest", "image")]
    [InlineData("workloads.qdrant.image=docker.io/qdrant/qdrant", "image")]
    [InlineData("workloads.apiGateway.mostPods=1000", "mostPods")]
    [InlineData("exposure.kind=nodeport", "kind")]
    [InlineData("mesh.enable=true", "enable")]
    [InlineData("network.ingressCidr=10.244.0.1", "ingressCidr")]
    [InlineData("exposure.canary.weight=101", "weight")]
    public async Task Template_WrongValue_IsRefusedByTheSchema(string value, string named)
    {
        Assert.SkipWhen(HelmProgram.Missing is not null, HelmProgram.Missing ?? "");
        var (exitCode, _, errors) = await HelmProgram.RunAsync("template", "ragapp", Rendering.Chart, "--set", value);

        exitCode.ShouldNotBe(0);
        errors.ShouldContain(named);
    }

    [Fact]
    public async Task Template_AllSwitches_OtherMakersObjectsAreValid()
    {
        foreach (var kind in (string[])["istio", "gateway"])
        {
            var rendering = await Rendering.OfAsync([.. Rendering.Everything, "--set", $"exposure.kind={kind}"]);

            rendering.Others.Count.ShouldBeGreaterThan(10);
            (await HelmProgram.ValidateAsync(rendering.Others.ToJsonString())).ShouldBeEmpty();
        }
    }

    private static SortedDictionary<string, string> FilesOf(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(folder, file), File.ReadAllText, StringComparer.Ordinal),
        StringComparer.Ordinal);
}
