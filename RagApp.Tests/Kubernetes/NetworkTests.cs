using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using k8s.Models;

namespace RagApp.Tests.Kubernetes;

/// <summary>The network's policies open the edges of the application's manifest, both ends of each, and a short list of others.</summary>
public sealed partial class NetworkTests
{
    private static readonly string[] PlatformEdges = ["allow-dns", "allow-mesh", "allow-metrics-*", "allow-people-api-gateway", "allow-peers-*", "allow-providers-*", "allow-object-store-*", "allow-tasks-*"];

    [Fact]
    public async Task Edges_OfTheManifest_AreOpenAtBothEndsAndNoOthers()
    {
        var policies = (await Rendering.OfAsync()).All<V1NetworkPolicy>().ToList();
        var edges = EdgesOfTheManifest().ToHashSet(StringComparer.Ordinal);

        edges.ShouldContain("api-gateway -> query-router:8080");
        Workloads(policies).SelectMany(policy => policy.Spec.Egress ?? [], (policy, rule) => (policy, rule))
            .SelectMany(pair => pair.rule.Ports.Select(port => $"{pair.policy.Metadata.Name} -> {pair.rule.To.Single().PodSelector.MatchLabels["app"]}:{port.Port.Value}"))
            .ShouldBe(edges, ignoreOrder: true);
        Workloads(policies).SelectMany(policy => policy.Spec.Ingress ?? [], (policy, rule) => (policy, rule))
            .SelectMany(pair => pair.rule.Ports.Select(port => $"{pair.rule.FromProperty.Single().PodSelector.MatchLabels["app"]} -> {pair.policy.Metadata.Name}:{port.Port.Value}"))
            .ShouldBe(edges, ignoreOrder: true);
    }

    [Fact]
    public async Task WithoutAPolicy_NothingTalksToAnything()
    {
        var zeroTrust = (await Rendering.OfAsync()).All<V1NetworkPolicy>().Single(policy => policy.Metadata.Name == "rag-zero-trust");

        (zeroTrust.Spec.PodSelector.MatchLabels ?? new Dictionary<string, string>()).ShouldBeEmpty();
        zeroTrust.Spec.PolicyTypes.ShouldBe(["Ingress", "Egress"]);
        (zeroTrust.Spec.Ingress ?? []).ShouldBeEmpty();
        (zeroTrust.Spec.Egress ?? []).ShouldBeEmpty();
    }

    [Fact]
    public async Task OtherEdges_AreThoseToThePlatform()
    {
        var others = (await Rendering.OfAsync()).All<V1NetworkPolicy>().Select(policy => policy.Metadata.Name).Where(name => name.StartsWith("allow-", StringComparison.Ordinal)).ToList();

        others.ShouldAllBe(name => PlatformEdges.Any(edge => name == edge || (edge.EndsWith('*') && name.StartsWith(edge.TrimEnd('*'), StringComparison.Ordinal))));
        others.Where(name => name.StartsWith("allow-providers-", StringComparison.Ordinal)).ShouldBe(["allow-providers-embedding", "allow-providers-query-router", "allow-providers-api-gateway"], ignoreOrder: true);
    }

    [Fact]
    public async Task Providers_AreReachedByTlsAndNeverWithinTheCluster()
    {
        var rules = (await Rendering.OfAsync()).All<V1NetworkPolicy>().Where(policy => policy.Metadata.Name.StartsWith("allow-providers-", StringComparison.Ordinal)).SelectMany(policy => policy.Spec.Egress).ToList();

        rules.ShouldAllBe(rule => rule.Ports.Single().Port.Value == "443");
        rules.ShouldAllBe(rule => rule.To.Single().IpBlock.Except.Contains("10.0.0.0/8") && rule.To.Single().IpBlock.Except.Contains("169.254.0.0/16"));
    }

    [Fact]
    public async Task HelmTest_TriesEveryEdgeAndOneThatIsClosed()
    {
        var scripts = (await Rendering.OfAsync()).All<V1Pod>().ToDictionary(pod => pod.Metadata.Labels["app"], pod => pod.Spec.Containers.Single().Command[^1], StringComparer.Ordinal);

        foreach (var edge in EdgesOfTheManifest().Select(edge => Edge().Match(edge)))
            scripts[edge.Groups["from"].Value].ShouldContain($"nc -z -w 5 {edge.Groups["to"].Value} {edge.Groups["port"].Value} && echo");
        scripts.Values.ShouldAllBe(script => script.Contains("should be closed"));
    }

    /// <summary>The policies of the model's resources; those of their scheduled tasks are in <see cref="TaskTests"/>.</summary>
    private static IEnumerable<V1NetworkPolicy> Workloads(IEnumerable<V1NetworkPolicy> policies) =>
        policies.Where(policy => !policy.Metadata.Name.EndsWith("-tasks", StringComparison.Ordinal)).Where(policy => policy.Spec.PodSelector.MatchLabels is { } labels && labels.TryGetValue("app", out var name) && name == policy.Metadata.Name);

    /// <summary>Every binding of another resource that a resource's environment names.</summary>
    private static IEnumerable<string> EdgesOfTheManifest()
    {
        var resources = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "aspire-manifest.json")))!["resources"]!.AsObject();
        return
            from resource in resources
            from variable in resource.Value!["env"]?.AsObject() ?? []
            from Match binding in Binding().Matches(Resolved(variable.Value!.GetValue<string>()))
            where binding.Groups["to"].Value != resource.Key
            let port = resources[binding.Groups["to"].Value]!["bindings"]![binding.Groups["binding"].Value]!["targetPort"]?.GetValue<int>() ?? 8080
            group $"{resource.Key} -> {binding.Groups["to"].Value}:{port}" by $"{resource.Key} -> {binding.Groups["to"].Value}:{port}" into edges
            select edges.Key;

        string Resolved(string value) => ConnectionString().Replace(value, match => resources[match.Groups["name"].Value]!["connectionString"]!.GetValue<string>());
    }

    [GeneratedRegex(@"\{(?<to>[\w-]+)\.bindings\.(?<binding>\w+)\.", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Binding();

    [GeneratedRegex(@"\{(?<name>[\w-]+)\.connectionString\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ConnectionString();

    [GeneratedRegex(@"^(?<from>\S+) -> (?<to>[^:]+):(?<port>\d+)$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Edge();
}
