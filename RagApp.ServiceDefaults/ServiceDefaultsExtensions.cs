using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RagApp.ServiceDefaults.Health;
using RagApp.ServiceDefaults.Json;
using RagApp.ServiceDefaults.Privacy;
using RagApp.ServiceDefaults.Problems;
using RagApp.ServiceDefaults.Secrets;
using RagApp.ServiceDefaults.Telemetry;

namespace RagApp.ServiceDefaults;

public static class ServiceDefaultsExtensions
{
    /// <summary>Beginning of the line in which a service says why it cannot start; the AppHost looks for it.</summary>
    private const string CannotStart = "Cannot start: ";

    /// <summary>
    /// Allows any host name. Services behind the gateway are called by names that only the deployment knows, and the caller's token
    /// protects them. The gateway checks its host names itself.
    /// </summary>
    private const string AnyHost = "*";

    /// <summary>
    /// Adds the defaults of every service: settings in secret files, telemetry over OTLP, health checks, service discovery, problem details, JSON,
    /// private files and memory.
    /// </summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Configuration.AddSecretFiles();
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

    /// <summary>Maps problem details for errors, the two health endpoints, and the metrics on their own port.</summary>
    public static WebApplication MapServiceDefaults(this WebApplication app)
    {
        app.Lifetime.ApplicationStopping.Register(app.Services.GetRequiredService<ServiceEnd>().Begin);
        app.UseMetricsEndpoint();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseKnownCharsets();
        app.MapDefaultHealthChecks();
        return app;
    }

    /// <summary>
    /// Runs the service until it is asked to stop, which may happen while it starts. A service that cannot start says why in one line and ends with exit
    /// code 1.
    /// </summary>
    public static async Task RunServiceAsync(this WebApplication app)
    {
        // read before the run, which disposes the lifetime
        var (started, stopping) = (app.Lifetime.ApplicationStarted, app.Lifetime.ApplicationStopping);
        try
        {
            await app.RunAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The start was interrupted; nothing is left to do.
        }
        catch (Exception exception) when (!started.IsCancellationRequested)
        {
            // An exception that leaves Main would abort the process and print its stack.
            await Console.Error.WriteLineAsync($"{CannotStart}{exception.Message}");
            Environment.ExitCode = 1;
        }
    }
}
