using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RagApp.AppHost.Running;

/// <summary>One run of the application, or one writing of its manifest.</summary>
internal static class Run
{
    private const string Host = "Microsoft.Extensions.Hosting.Internal.Host";

    /// <summary>Complains of what it was watching when an end comes in the middle of a start.</summary>
    private const string Orchestrator = "Aspire.Hosting.Dcp";

    /// <returns>The exit code.</returns>
    public static async Task<int> ToTheEndAsync(IDistributedApplicationBuilder builder, DistributedApplicationOptions options)
    {
        IHostApplicationLifetime? lifetime = null;
        if (builder.ExecutionContext.IsRunMode)
        {
            RunSettings.Apply(builder);
            builder.Services.AddSingleton(options);
            // Why a start failed is said once, by whoever catches it; a start or a run that is interrupted is no failure.
            builder.Services.AddLogging(logging => logging
                .AddFilter(Host, level => level >= LogLevel.Warning && IsRunning())
                .AddFilter(Orchestrator, level => level >= LogLevel.Warning && !IsEnding()));
            builder.Services.AddHostedService<OrderedStop>();
            // In front of Aspire's own, whose start returns when every resource has been created.
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
            // What had been started by then ends now.
            await app.StopAsync(CancellationToken.None);
        }
        return 0;

        bool IsEnding() => lifetime is { ApplicationStopping.IsCancellationRequested: true };

        bool IsRunning() => lifetime is { ApplicationStarted.IsCancellationRequested: true, ApplicationStopping.IsCancellationRequested: false };
    }
}
