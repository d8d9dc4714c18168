using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RagApp.ServiceDefaults.Health;
using RagApp.ServiceDefaults.Privacy;
using RagApp.ServiceDefaults.Telemetry;

namespace RagApp.ServiceDefaults;

public static class ServiceDefaultsExtensions
{
    /// <summary>What every service has: telemetry over OTLP, health checks, service discovery, problem details; files and memory that are its own.</summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddPrivacy();
        builder.Configuration.AddQuietFrameworks();
        builder.AddTelemetry();
        builder.Services.AddDefaultHealthChecks();
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http => http.AddServiceDiscovery());
        builder.Services.AddServiceProblemDetails();
        return builder;
    }

    /// <summary>Errors as problem details, and the two health endpoints.</summary>
    public static WebApplication MapServiceDefaults(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapDefaultHealthChecks();
        return app;
    }
}
