using RagApp.Kubernetes;

namespace RagApp.AppHost.Deployment;

/// <summary>Alerts for the people who run RagApp. docs/operations.md has a runbook for each under its name. NAMESPACE stands for the namespace.</summary>
internal static class Alerts
{
    private const string Critical = "critical";
    private const string Warning = "warning";

    public static IReadOnlyList<Alert> All { get; } =
    [
        new("GatewayErrors",
            """sum(rate(http_server_request_duration_seconds_count{job="api-gateway", http_response_status_code=~"5.."}[5m])) / sum(rate(http_server_request_duration_seconds_count{job="api-gateway"}[5m])) > 0.02""",
            "10m", Critical, "More than 2 % of the gateway's requests fail."),
        new("AnswersSlow",
            "histogram_quantile(0.95, sum by (le) (rate(ragapp_answer_time_to_first_token_seconds_bucket[10m]))) > 8",
            "10m", Warning, "One answer in 20 takes more than 8 s to begin."),
        new("SearchesDegraded",
            "sum(rate(ragapp_search_degraded_total[10m])) / sum(rate(ragapp_search_requests_total[10m])) > 0.05",
            "15m", Warning, "More than 5 % of the searches go by keywords alone."),
        new("QueueOld",
            "max(ragapp_queue_oldest_age_seconds) > 3600",
            "15m", Warning, "A document waits for more than an hour to become searchable."),
        new("JobsBuried",
            "increase(ragapp_queue_buried_total[1h]) > 0",
            "0m", Warning, "Jobs were given up; their documents are not searchable."),
        new("BudgetRefusals",
            "sum by (ragapp_budget_scope) (increase(ragapp_budget_refused_total[15m])) > 0",
            "0m", Warning, "Calls of models are refused for the budget of scope {{ $labels.ragapp_budget_scope }}."),
        new("SpendUnusual",
            """sum by (ragapp_budget_tenant) (increase(ragapp_budget_events_total{ragapp_budget_event="unusual_spend"}[1h])) > 0""",
            "0m", Critical, "Tenant {{ $labels.ragapp_budget_tenant }} spends unusually much."),
        new("ProviderThrottled",
            """sum by (gen_ai_request_model) (rate(ragapp_models_refusals_total[10m])) > 0""",
            "10m", Warning, "Requests for {{ $labels.gen_ai_request_model }} find no deployment below its limit."),
        new("ModelOutOfService",
            "min by (gen_ai_request_model) (ragapp_models_deployment_state) == 2",
            "5m", Critical, "No deployment of {{ $labels.gen_ai_request_model }} is in use."),
        new("OrphansFound",
            "sum by (ragapp_sweep_kind) (increase(ragapp_sweep_orphans_total[1d])) > 10",
            "0m", Warning, "Store and index differ in {{ $value }} places of kind {{ $labels.ragapp_sweep_kind }}."),
        new("FilesDamaged",
            "increase(ragapp_storage_damaged_total[1h]) > 0",
            "0m", Critical, "A stored file is not what was written."),
        new("VolumeFillsUp",
            """predict_linear(kubelet_volume_stats_available_bytes{namespace="NAMESPACE"}[6h], 4 * 86400) < 0""",
            "1h", Warning, "Volume {{ $labels.persistentvolumeclaim }} is full within four days."),
        new("VolumeAlmostFull",
            """kubelet_volume_stats_used_bytes{namespace="NAMESPACE"} / kubelet_volume_stats_capacity_bytes{namespace="NAMESPACE"} > 0.8""",
            "10m", Critical, "Volume {{ $labels.persistentvolumeclaim }} is more than 80 % full."),
        new("BackupOld",
            "min(ragapp_backup_age_seconds) > 86400",
            "10m", Critical, "The newest backup is older than 24 hours, or there is none."),
        new("BackupDrillFailed",
            "max(ragapp_backup_drill_failed) > 0",
            "0m", Critical, "The newest backup could not be restored in a drill, or differs from the store."),
        new("BackupDrillOld",
            "min(ragapp_backup_drill_age_seconds) > 8 * 86400",
            "1h", Warning, "No restore has been rehearsed for more than eight days."),
        new("PodRestarts",
            """increase(kube_pod_container_status_restarts_total{namespace="NAMESPACE"}[30m]) > 3""",
            "0m", Critical, "Pod {{ $labels.pod }} starts again and again."),
        new("IndexNodeMissing",
            """kube_statefulset_status_replicas_ready{namespace="NAMESPACE", statefulset="qdrant-cluster"} < kube_statefulset_replicas{namespace="NAMESPACE", statefulset="qdrant-cluster"}""",
            "10m", Critical, "A node of the index is not ready; when a second one goes, searches and writes stop."),
    ];
}
