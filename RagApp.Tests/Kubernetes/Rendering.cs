using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using YamlDotNet.Serialization;

namespace RagApp.Tests.Kubernetes;

/// <summary>
/// The committed chart as Helm renders it: Kubernetes' own objects, parsed strictly into their types, and the others as JSON.
/// </summary>
internal sealed class Rendering
{
    /// <summary>Settings that turn on everything that is off by default.</summary>
    public static readonly string[] Everything =
    [
        "--set", "mesh.enabled=true", "--set", "monitoring.enabled=true", "--set", "externalSecrets.enabled=true", "--set", "exposure.kind=istio", "--set", "autoscaling.keda=true", "--set", "exposure.canary.namespace=rag-canary", "--set", "network.ingressCidr=10.244.0.0/16",
        "--set", "telemetry.otlpEndpoint=http://collector:4317", "--set-string", "workloads.embedding.settings.Embedding__CacheSize=1",
        "--set", "workloads.embedding.nodeSelector.pool=fast", "--set", "workloads.embedding.tolerations[0].key=gpu", "--set", "image.pullSecrets[0].name=registry",
    ];

    private static readonly string[] OwnGroups = ["", "apps", "autoscaling", "batch", "networking.k8s.io", "policy", "scheduling.k8s.io", "storage.k8s.io"];

    public static readonly string Chart = Path.Combine(Repository.Root, "deploy", "chart");

    private static readonly ConcurrentDictionary<string, Lazy<Task<Rendering>>> Known = new(StringComparer.Ordinal);

    private readonly List<IKubernetesObject<V1ObjectMeta>> _objects = [];

    public IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Objects => _objects;

    /// <summary>Objects of other makers' types.</summary>
    public JsonArray Others { get; } = [];

    public string Text { get; private init; } = "";

    public IEnumerable<T> All<T>() => _objects.OfType<T>();

    /// <summary>Pods of all Deployments and StatefulSets by their label <c>app</c>.</summary>
    public Dictionary<string, V1PodTemplateSpec> Pods => All<V1Deployment>().Select(deployment => deployment.Spec.Template)
        .Concat(All<V1StatefulSet>().Select(set => set.Spec.Template))
        .ToDictionary(pod => pod.Metadata.Labels["app"], StringComparer.Ordinal);

    /// <summary>Renders the chart, once for the same arguments; the test is skipped where Helm is missing.</summary>
    public static Task<Rendering> OfAsync(params string[] arguments)
    {
        Assert.SkipWhen(HelmProgram.Missing is not null, HelmProgram.Missing ?? "");
        return Known.GetOrAdd(string.Join(' ', arguments), _ => new(() => RenderAsync(Chart, arguments))).Value;
    }

    /// <summary>Renders another chart than the committed one.</summary>
    public static Task<Rendering> OfChartAsync(string chart)
    {
        Assert.SkipWhen(HelmProgram.Missing is not null, HelmProgram.Missing ?? "");
        return RenderAsync(chart, []);
    }

    private static async Task<Rendering> RenderAsync(string chart, string[] arguments)
    {
        var (exitCode, output, errors) = await HelmProgram.RunAsync(["template", "ragapp", chart, .. arguments]);
        exitCode.ShouldBe(0, errors);
        var rendering = new Rendering { Text = output };
        foreach (var document in output.ReplaceLineEndings("\n").Split("---\n", StringSplitOptions.RemoveEmptyEntries).Where(text => text.Contains("apiVersion:", StringComparison.Ordinal)))
            rendering.Add(document);
        return rendering;
    }

    private void Add(string document)
    {
        var json = ToJson(document);
        var group = json["apiVersion"]!.GetValue<string>() is var version && version.Contains('/', StringComparison.Ordinal) ? version.Split('/')[0] : "";
        if (OwnGroups.Contains(group))
            _objects.Add((IKubernetesObject<V1ObjectMeta>)KubernetesYaml.LoadAllFromString(document, typeMap: null, strict: true).ShouldHaveSingleItem());
        else
            Others.Add(json);
    }

    private static JsonNode ToJson(string yaml)
    {
        var value = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<object>(yaml);
        return JsonNode.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(value), documentOptions: new JsonDocumentOptions { MaxDepth = 128 })!;
    }
}
