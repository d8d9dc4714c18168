using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;

namespace RagApp.ServiceDefaults.Telemetry;

/// <summary>
/// Metrics for Prometheus at <c>/metrics</c>, on a port of their own that is open to Prometheus alone: the service's own port has
/// people's requests.
/// </summary>
internal static class MetricsEndpoint
{
    public static void AddMetricsEndpoint(this IHostApplicationBuilder builder, MeterProviderBuilder metrics)
    {
        builder.Services.AddOptionsWithValidateOnStart<MetricsOptions>().ValidateDataAnnotations().BindConfiguration(MetricsOptions.Section);
        if (builder.Configuration.GetSection(MetricsOptions.Section).GetValue<int?>(nameof(MetricsOptions.Port)) is not null)
            metrics.AddPrometheusExporter();
    }

    /// <summary>Answers every request to the port of the metrics; comes first in the pipeline.</summary>
    public static void UseMetricsEndpoint(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<MetricsOptions>>().Value.Port is { } port)
            app.MapWhen(context => context.Connection.LocalPort == port, metrics => metrics.UseOpenTelemetryPrometheusScrapingEndpoint());
    }
}
