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
        using var folder = new TemporaryFolder();
        var (exitCode, output) = await PromtoolAsync("check", "rules", await WriteRulesAsync(folder));

        exitCode.ShouldBe(0, output);
    }

    /// <summary>Values are a metric's every five minutes; <c>a+bxn</c> is a and n more, each b larger.</summary>
    [Theory]
    [InlineData("BackupOld", "ragapp_backup_age_seconds", "3600+300x400", 22, false)]
    [InlineData("BackupOld", "ragapp_backup_age_seconds", "3600+300x400", 24, true)]
    [InlineData("BackupOld", "ragapp_backup_age_seconds", "Inf+0x40", 2, true)]
    [InlineData("BackupDrillFailed", "ragapp_backup_drill_failed", "0+0x12 1+0x24", 1, false)]
    [InlineData("BackupDrillFailed", "ragapp_backup_drill_failed", "0+0x12 1+0x24", 2, true)]
    [InlineData("BackupDrillOld", "ragapp_backup_drill_age_seconds", "604800+0x120", 9, false)]
    [InlineData("BackupDrillOld", "ragapp_backup_drill_age_seconds", "694800+0x120", 9, true)]
    [InlineData("VolumeAlmostFull", "kubelet_volume_stats_used_bytes", "79+0x60", 4, false)]
    [InlineData("VolumeAlmostFull", "kubelet_volume_stats_used_bytes", "81+0x60", 4, true)]
    [InlineData("VolumeFillsUp", "kubelet_volume_stats_available_bytes", "10000-1x150", 10, false)]
    [InlineData("VolumeFillsUp", "kubelet_volume_stats_available_bytes", "1000-2x150", 10, true)]
    public async Task Alert_OverTime_FiresWhenItShould(string alert, string metric, string values, int hour, bool fires)
    {
        using var folder = new TemporaryFolder();
        var rules = await WriteRulesAsync(folder);
        const string Volume = """{namespace="rag-production", persistentvolumeclaim="claim"}""";
        var labels = metric.StartsWith("kubelet", StringComparison.Ordinal) ? Volume : """{pod="document-ingestion"}""";
        var rule = RulesOf(await Rendering.OfAsync(Rendering.Everything)).Single(rule => rule!["alert"]!.GetValue<string>() == alert)!;
        var expected = new JsonObject
        {
            ["exp_labels"] = new JsonObject { ["severity"] = rule["labels"]!["severity"]!.DeepClone() },
            ["exp_annotations"] = new JsonObject(rule["annotations"]!.AsObject().Select(annotation => KeyValuePair.Create(
                annotation.Key, (JsonNode?)annotation.Value!.GetValue<string>().Replace("{{ $labels.persistentvolumeclaim }}", "claim", StringComparison.Ordinal)))),
        };
        if (labels == Volume)
            (expected["exp_labels"]!["namespace"], expected["exp_labels"]!["persistentvolumeclaim"]) = ("rag-production", "claim");
        var test = new JsonObject
        {
            ["rule_files"] = new JsonArray(rules),
            ["evaluation_interval"] = "5m",
            ["tests"] = new JsonArray(new JsonObject
            {
                ["interval"] = "5m",
                ["input_series"] = new JsonArray(
                    new JsonObject { ["series"] = metric + labels, ["values"] = values },
                    new JsonObject { ["series"] = "kubelet_volume_stats_capacity_bytes" + Volume, ["values"] = "100+0x150" }),
                ["alert_rule_test"] = new JsonArray(new JsonObject
                {
                    ["eval_time"] = $"{hour}h", ["alertname"] = alert, ["exp_alerts"] = fires ? new JsonArray(expected) : [],
                }),
            }),
        };
        var file = Path.Combine(folder.Path, "test.json");
        await File.WriteAllTextAsync(file, test.ToJsonString(), TestContext.Current.CancellationToken);

        var (exitCode, output) = await PromtoolAsync("test", "rules", file);

        exitCode.ShouldBe(0, output);
    }

    private static async Task<string> WriteRulesAsync(TemporaryFolder folder)
    {
        var groups = new JsonObject { ["groups"] = new JsonArray(new JsonObject { ["name"] = "ragapp", ["rules"] = RulesOf(await Rendering.OfAsync(Rendering.Everything)).DeepClone() }) };
        var file = Path.Combine(folder.Path, "rules.json");
        await File.WriteAllTextAsync(file, groups.ToJsonString(), TestContext.Current.CancellationToken);
        return file;
    }

    private static async Task<(int ExitCode, string Output)> PromtoolAsync(params string[] arguments)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/promtool"), "promtool is not installed: Debian has it in the package prometheus.");
        using var promtool = Process.Start(new ProcessStartInfo("/usr/bin/promtool", arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = promtool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var faults = promtool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await promtool.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (promtool.ExitCode, await said + await faults);
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
