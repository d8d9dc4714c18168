using System.ComponentModel.DataAnnotations;

namespace RagApp.ServiceDefaults.Telemetry;

/// <summary>Options of the metrics for Prometheus, section <c>Metrics</c>.</summary>
public sealed class MetricsOptions
{
    public const string Section = "Metrics";

    /// <summary>Port on which <c>/metrics</c> and nothing else answers, one that the service listens on; without it there is none.</summary>
    [Range(1, 65_535, ErrorMessage = "Metrics:Port lies between 1 and 65535.")]
    public int? Port { get; set; }
}
