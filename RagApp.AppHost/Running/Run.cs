using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RagApp.AppHost.Running;

/// <summary>Runs the application, or writes its manifest.</summary>
internal static class Run
{
    private const string Host = "Microsoft.Extensions.Hosting.Internal.Host";

    /// <summary>Log category of Aspire's orchestrator, which reports errors when a start is interrupted.</summary>
    private const string Orchestrator = "Aspire.Hosting.Dcp";

    /// <returns>The exit code.</returns>
    public static async Task<int> ToTheEndAsync(IDistributedApplicationBuilder builder, DistributedApplicationOptions options)
    {
        IHostApplicationLifetime? lifetime = null;
        if (builder.ExecutionContext.IsRunMode)
        {
            RunSettings.Apply(builder);
            builder.Services.AddSingleton(options);
            // Whoever catches a failed start reports it once; an interrupted start or run is no failure.
            builder.Services.AddLogging(logging => logging
                .AddFilter(Host, level => level >= LogLevel.Warning && IsRunning())
                .AddFilter(Orchestrator, level => level >= LogLevel.Warning && !IsEnding()));
            builder.Services.AddHostedService<OrderedStop>();
            // Inserted before Aspire's own services, whose start returns only when every resource has been created.
            builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, Restarts>());
            builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, ClosingBlock>());
        }

        await using var app = builder.Build();
        lifetime = app.Services.GetRequiredService<IHostApplicationLifetime>();
        try
        {
            await app.RunAsync();
        }
        catch (Exception) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Stops whatever had been started before the interruption.
            await app.StopAsync(CancellationToken.None);
        }
        return 0;

        bool IsEnding() => lifetime is { ApplicationStopping.IsCancellationRequested: true };

        bool IsRunning() => lifetime is { ApplicationStarted.IsCancellationRequested: true, ApplicationStopping.IsCancellationRequested: false };
    }
}
