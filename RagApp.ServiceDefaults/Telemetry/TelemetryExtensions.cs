using Microsoft.AspNetCore.Http;
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
    /// <summary>
    /// Pattern of our own names: a source of spans is <c>RagApp.SERVICE</c>, a meter is <c>RagApp.SERVICE</c> or
    /// <c>RagApp.PROJECT.PART</c>.
    /// </summary>
    private const string OwnNames = "RagApp.*";

    /// <summary>Name of the sources and meters with which Microsoft.Extensions.AI reports model calls.</summary>
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
            .WithMetrics(metrics => builder.AddMetricsEndpoint(metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter(OwnNames, ModelCallNames)))
            .WithTracing(tracing => tracing
                .SetSampler(TraceSampler.From(builder.Configuration))
                .AddAspNetCoreInstrumentation(options => options.Filter = context => !IsProbe(context.Request.Path) && !IsFile(context.Request))
                .AddHttpClientInstrumentation()
                .AddSource(OwnNames, ModelCallNames)
                .AddProcessor<SpanRedaction>());

        if (!string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            telemetry.UseOtlpExporter();
    }

    /// <summary>True for the static files of the page, of which each visit requests dozens.</summary>
    private static bool IsFile(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && !request.Path.StartsWithSegments("/v1", StringComparison.Ordinal) && Path.HasExtension(request.Path.Value);

    /// <summary>True for the paths that orchestrators and monitoring request every few seconds.</summary>
    private static bool IsProbe(PathString path) =>
        HealthExtensions.ProbePaths.Any(probe => path.StartsWithSegments(probe, StringComparison.Ordinal));
}
