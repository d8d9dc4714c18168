using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RagApp.AppHost.Running;

/// <summary>One run of the application, or one writing of its manifest.</summary>
internal static class Run
{
    private const string Host = "Microsoft.Extensions.Hosting.Internal.Host";

    /// <returns>The exit code.</returns>
    public static async Task<int> ToTheEndAsync(IDistributedApplicationBuilder builder, DistributedApplicationOptions options)
    {
        var stopping = CancellationToken.None;
        if (builder.ExecutionContext.IsRunMode)
        {
            RunSettings.Apply(builder);
            builder.Services.AddSingleton(options);
            // A start that is interrupted is no failure.
            builder.Services.AddLogging(logging => logging.AddFilter(Host, level => level >= LogLevel.Warning && !stopping.IsCancellationRequested));
            builder.Services.AddHostedService<OrderedStop>();
            // In front of Aspire's own, whose start returns when every resource has been created.
            builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, Restarts>());
            builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, ClosingBlock>());
        }

        await using var app = builder.Build();
        stopping = app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        try
        {
            await app.RunAsync();
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // What had been started by then ends now.
            await app.StopAsync(CancellationToken.None);
        }
        return 0;
    }
}
