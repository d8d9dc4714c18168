using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Run;

/// <summary>The variables one instance of a project is started with, on top of the host's own.</summary>
internal sealed class ChildEnvironment(DistributedApplicationModel model, TelemetryTarget? telemetry)
{
    public Dictionary<string, string> Of(ProjectResource project, int replica, string instanceId)
    {
        var context = new EnvironmentContext();
        if (telemetry is not null)
            AddTelemetry(context.Variables, telemetry, project.Name, instanceId);
        foreach (var callback in project.EnvironmentCallbacks)
            callback(context);
        return context.Variables.ToDictionary(
            v => v.Key, v => v.Value is IModelValue value ? value.Resolve(replica) : (string)v.Value, StringComparer.Ordinal);
    }

    private void AddTelemetry(Dictionary<string, object> variables, TelemetryTarget target, string serviceName, string instanceId)
    {
        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = target.Url;
        variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
        variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={target.ApiKey}";
        variables["OTEL_SERVICE_NAME"] = serviceName;
        variables["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={instanceId}";
        if (!model.IsDevelopment)
            return;

        // Telemetry shows up within a second, and all of it does.
        variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
        variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
        variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
        variables["OTEL_TRACES_SAMPLER"] = "always_on";
        variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
        variables["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true";
    }
}
