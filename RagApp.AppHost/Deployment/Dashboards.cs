using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RagApp.AppHost.Deployment;

/// <summary>Grafana dashboards: each a list of panels, each panel one query. NAMESPACE stands for the namespace.</summary>
internal static class Dashboards
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ragapp-signals.json"] = Dashboard("ragapp-signals", "RagApp: golden signals",
            new("Requests per second", "reqps", "sum by (job) (rate(http_server_request_duration_seconds_count[5m]))"),
            new("Failing requests", "percentunit", """sum by (job) (rate(http_server_request_duration_seconds_count{http_response_status_code=~"5.."}[5m])) / sum by (job) (rate(http_server_request_duration_seconds_count[5m]))"""),
            new("Time to the first word (p95)", "s", "histogram_quantile(0.95, sum by (le) (rate(ragapp_answer_time_to_first_token_seconds_bucket[5m])))"),
            new("Processors used", "short", """sum by (pod) (rate(container_cpu_usage_seconds_total{namespace="NAMESPACE"}[5m]))""")),
        ["ragapp-cost.json"] = Dashboard("ragapp-cost", "RagApp: cost",
            new("US dollars per hour, by tenant", "currencyUSD", "sum by (ragapp_budget_tenant) (rate(ragapp_budget_cost_total[1h])) * 3600"),
            new("Tokens per second, by model", "short", "sum by (ragapp_budget_model) (rate(ragapp_budget_tokens_total[5m]))"),
            new("Refused calls", "short", "sum by (ragapp_budget_scope) (rate(ragapp_budget_refused_total[5m]))")),
        ["ragapp-ingestion.json"] = Dashboard("ragapp-ingestion", "RagApp: ingestion",
            new("Jobs", "short", "max by (ragapp_queue_state) (ragapp_queue_jobs)"),
            new("Age of the oldest job", "s", "max(ragapp_queue_oldest_age_seconds)"),
            new("Reading a document (p95)", "s", "histogram_quantile(0.95, sum by (le, ragapp_document_content_type) (rate(ragapp_ingestion_parse_duration_seconds_bucket[15m])))"),
            new("Jobs given up", "short", "increase(ragapp_queue_buried_total[1h])")),
        ["ragapp-retrieval.json"] = Dashboard("ragapp-retrieval", "RagApp: retrieval",
            new("Searches per second, by route", "reqps", "sum by (ragapp_search_route) (rate(ragapp_search_requests_total[5m]))"),
            new("By keywords alone", "percentunit", "sum(rate(ragapp_search_degraded_total[5m])) / sum(rate(ragapp_search_requests_total[5m]))"),
            new("Answers without a finding", "percentunit", """sum(rate(ragapp_answer_completed_total{ragapp_answer_found="False"}[15m])) / sum(rate(ragapp_answer_completed_total[15m]))""")),
        ["ragapp-providers.json"] = Dashboard("ragapp-providers", "RagApp: model providers",
            new("State of deployments (0 used, 1 on probation, 2 paused)", "short", "max by (gen_ai_request_model, ragapp_models_deployment) (ragapp_models_deployment_state)"),
            new("Attempts per second, by outcome", "reqps", "sum by (ragapp_models_outcome) (rate(ragapp_models_attempts_total[5m]))"),
            new("Requests that wait", "short", "sum by (gen_ai_request_model) (ragapp_models_queue_depth)")),
    };

    private static string Dashboard(string uid, string title, params Panel[] panels) => JsonSerializer.Serialize(new
    {
        uid,
        title,
        schemaVersion = 39,
        timezone = "browser",
        time = new { from = "now-6h", to = "now" },
        panels = panels.Select((panel, index) => new
        {
            id = index + 1,
            title = panel.Title,
            type = "timeseries",
            datasource = new { type = "prometheus", uid = "${datasource}" },
            gridPos = new { h = 8, w = 12, x = index % 2 * 12, y = index / 2 * 8 },
            fieldConfig = new { defaults = new { unit = panel.Unit } },
            targets = new[] { new { refId = "A", expr = panel.Query } },
        }),
        templating = new { list = new[] { new { name = "datasource", type = "datasource", query = "prometheus" } } },
    }, Indented);

    private sealed record Panel(string Title, string Unit, string Query);
}
