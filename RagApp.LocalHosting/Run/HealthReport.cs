namespace Aspire.Hosting.Run;

/// <summary>What a health check last said; null while it has not run.</summary>
internal sealed record HealthReport(string Key, bool? IsHealthy, string Description, DateTimeOffset? LastRunAt);
