using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using RagApp.ServiceDefaults.Health;

namespace RagApp.ServiceDefaults.Telemetry;

internal static class TelemetryExtensions
{
    /// <summary>Sources and meters of our own are named <c>RagApp.SERVICE</c>.</summary>
    private const string OwnNames = "RagApp.*";

    /// <summary>What Microsoft.Extensions.AI calls its sources and meters for model calls.</summary>
    private const string ModelCallNames = "Experimental.Microsoft.Extensions.AI";

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Services.AddShortFailures();
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        var telemetry = builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter(OwnNames, ModelCallNames))
            .WithTracing(tracing => tracing
                .AddAspNetCoreInstrumentation(options => options.Filter = context =>
                    !context.Request.Path.StartsWithSegments(HealthExtensions.LivenessPath, StringComparison.Ordinal)
                    && !context.Request.Path.StartsWithSegments(HealthExtensions.ReadinessPath, StringComparison.Ordinal))
                .AddHttpClientInstrumentation()
                .AddSource(OwnNames, ModelCallNames));

        if (!string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            telemetry.UseOtlpExporter();
    }
}
