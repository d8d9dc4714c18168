using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using k8s.Models;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Kubernetes;

/// <summary>Alerts and dashboards ask for metrics that exist, in PromQL that Prometheus understands, and every alert has a runbook.</summary>
public sealed partial class AlertTests
{
    private static readonly string Operations = Path.Combine(Repository.Root, "docs", "operations.md");

    [Fact]
    public async Task Metrics_OfAlertsAndDashboards_AreDocumented()
    {
        var rendering = await Rendering.OfAsync(Rendering.Everything);
        var known = File.ReadLines(Operations).Select(line => MetricRow().Match(line)).Where(row => row.Success)
            .Select(row => NameInPrometheus(row.Groups["name"].Value, row.Groups["unit"].Value)).ToHashSet(StringComparer.Ordinal);
        var labels = Tags().Matches(await File.ReadAllTextAsync(Operations, TestContext.Current.CancellationToken)).Select(tag => tag.Value.Replace('.', '_')).ToHashSet(StringComparer.Ordinal);

        var asked = OwnName().Matches(string.Join('\n', QueriesOf(rendering))).Select(name => name.Value).Distinct().ToList();

        asked.ShouldContain("ragapp_queue_oldest_age_seconds");
        asked.Where(name => !known.Contains(Ending().Replace(name, "")) && !labels.Contains(name)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Alerts_EachHasARunbook()
    {
        var rules = RulesOf(await Rendering.OfAsync(Rendering.Everything));
        var runbooks = await File.ReadAllTextAsync(Operations, TestContext.Current.CancellationToken);

        rules.Count.ShouldBeGreaterThan(10);
        rules.Select(rule => rule!["alert"]!.GetValue<string>()).Where(alert => !runbooks.Contains($"`{alert}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Alerts_OfPodsAndVolumes_WatchTheChartsNamespace()
    {
        var rules = RulesOf(await Rendering.OfAsync([.. Rendering.Everything, "--set", "namespace.name=elsewhere"])).Select(rule => rule!["expr"]!.GetValue<string>()).ToList();

        rules.Where(rule => rule.Contains("namespace=\"elsewhere\"")).Count().ShouldBeGreaterThan(3);
        rules.ShouldAllBe(rule => !rule.Contains("NAMESPACE") && !rule.Contains("rag-production"));
    }

    [Fact]
    public async Task Rules_PromtoolUnderstandsThem()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/promtool"), "promtool is not installed: Debian has it in the package prometheus.");
        using var folder = new TemporaryFolder();
        var groups = new JsonObject { ["groups"] = new JsonArray(new JsonObject { ["name"] = "ragapp", ["rules"] = RulesOf(await Rendering.OfAsync(Rendering.Everything)).DeepClone() }) };
        var file = Path.Combine(folder.Path, "rules.json");
        await File.WriteAllTextAsync(file, groups.ToJsonString(), TestContext.Current.CancellationToken);

        using var promtool = Process.Start(new ProcessStartInfo("/usr/bin/promtool", ["check", "rules", file]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = promtool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var faults = promtool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await promtool.WaitForExitAsync(TestContext.Current.CancellationToken);

        promtool.ExitCode.ShouldBe(0, await said + await faults);
    }

    private static JsonArray RulesOf(Rendering rendering) =>
        rendering.Others.Single(other => other!["kind"]!.GetValue<string>() == "PrometheusRule")!["spec"]!["groups"]![0]!["rules"]!.AsArray();

    private static IEnumerable<string> QueriesOf(Rendering rendering) =>
        RulesOf(rendering).Select(rule => rule!["expr"]!.GetValue<string>())
            .Concat(rendering.All<V1ConfigMap>().Single(map => map.Metadata.Labels.ContainsKey("grafana_dashboard")).Data.Values
                .SelectMany(json => JsonNode.Parse(json)!["panels"]!.AsArray()).Select(panel => panel!["targets"]![0]!["expr"]!.GetValue<string>()));

    /// <summary>As the OpenTelemetry exporter writes it: units in full, those in braces not at all.</summary>
    private static string NameInPrometheus(string name, string unit) => name.Replace('.', '_') + unit switch
    {
        "s" => "_seconds",
        "By" => "_bytes",
        _ => "",
    };

    [GeneratedRegex(@"^\|[^|]*?`(?<name>ragapp\.[\w.]+)` \| (?<unit>[^ ]+) \|", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MetricRow();

    [GeneratedRegex(@"\bragapp(\.\w+)+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\bragapp_\w+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OwnName();

    [GeneratedRegex("_(total|bucket|count|sum)$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ending();
}
