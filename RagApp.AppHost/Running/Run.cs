using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace RagApp.AppHost.Running;

/// <summary>One run of the application, or one writing of its manifest.</summary>
internal static class Run
{
    /// <returns>The exit code.</returns>
    public static async Task<int> ToTheEndAsync(IDistributedApplicationBuilder builder, DistributedApplicationOptions options)
    {
        if (builder.ExecutionContext.IsRunMode)
        {
            RunSettings.Apply(builder);
            builder.Services.AddSingleton(options);
            builder.Services.AddHostedService<OrderedStop>();
            // In front of Aspire's own, whose start returns when every resource has been created.
            builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, Restarts>());
            builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, ClosingBlock>());
        }

        await using var app = builder.Build();
        var stopping = app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        try
        {
            await app.RunAsync();
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // Ended while it started: whatever was interrupted is no fault. What has been started by then ends now.
            await app.StopAsync(CancellationToken.None);
        }
        return 0;
    }
}
