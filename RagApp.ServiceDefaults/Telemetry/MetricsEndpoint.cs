using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
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
        if (PortOf(builder.Configuration) is not null)
            metrics.AddPrometheusExporter();
    }

    /// <summary>Answers every request to the port of the metrics; comes first in the pipeline.</summary>
    public static void UseMetricsEndpoint(this WebApplication app)
    {
        if (PortOf(app.Configuration) is { } port)
            app.MapWhen(context => context.Connection.LocalPort == port, metrics => metrics.UseOpenTelemetryPrometheusScrapingEndpoint().Run(NotFoundAsync));
    }

    /// <summary>The port before its validation, which the start does: a wrong one then stops it with a sentence.</summary>
    private static int? PortOf(IConfiguration configuration) => configuration.GetSection(MetricsOptions.Section).GetValue<int?>(nameof(MetricsOptions.Port));

    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
