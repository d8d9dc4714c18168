using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RagApp.ServiceDefaults.Health;
using RagApp.ServiceDefaults.Json;
using RagApp.ServiceDefaults.Privacy;
using RagApp.ServiceDefaults.Problems;
using RagApp.ServiceDefaults.Telemetry;

namespace RagApp.ServiceDefaults;

public static class ServiceDefaultsExtensions
{
    /// <summary>
    /// Services behind the gateway are called by names that only the deployment knows, and go by the caller's token.
    /// The gateway looks at its hosts itself.
    /// </summary>
    private const string AnyHost = "*";

    /// <summary>What every service has: telemetry over OTLP, health checks, service discovery, problem details, JSON; files and memory that are its own.</summary>
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
        builder.Services.AddServiceJson();
        builder.Services.Configure<HostFilteringOptions>(options => options.AllowedHosts = [AnyHost]);
        return builder;
    }

    /// <summary>Errors as problem details, and the two health endpoints.</summary>
    public static WebApplication MapServiceDefaults(this WebApplication app)
    {
        app.Lifetime.ApplicationStopping.Register(app.Services.GetRequiredService<ServiceEnd>().Begin);
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseKnownCharsets();
        app.MapDefaultHealthChecks();
        return app;
    }

    /// <summary>Runs the service until it is asked to end, which may be while it starts.</summary>
    public static async Task RunServiceAsync(this WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping; // the run disposes what it comes from
        try
        {
            await app.RunAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Its start was cut off: nothing is left to do.
        }
    }
}
