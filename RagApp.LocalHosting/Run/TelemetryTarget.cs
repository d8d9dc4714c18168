namespace Aspire.Hosting.Run;

/// <summary>Where the services send traces, metrics and logs: the dashboard's OTLP endpoint and its key.</summary>
internal sealed record TelemetryTarget(string Url, string ApiKey);
