using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Http;
using RagApp.ServiceDefaults.Health;

namespace RagApp.Gateway.Draining;

internal static class DrainExtensions
{
    /// <summary>Time after the drain until the host gives up, for ended answers and for the server and the other services to stop.</summary>
    internal static readonly TimeSpan AfterDrain = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddDrain(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<DrainOptions>().ValidateDataAnnotations().BindConfiguration(DrainOptions.Section);
        services.AddOptions<HostOptions>().Configure<IOptions<DrainOptions>>((host, drain) => host.ShutdownTimeout = drain.Value.Time + AfterDrain);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Drain>();
        services.AddHostedService(provider => provider.GetRequiredService<Drain>());
        services.AddHealthChecks().AddCheck<DrainCheck>("drain");
        return services;
    }

    /// <summary>Refuses requests once the gateway was asked to stop, except those for its health.</summary>
    public static void UseDrain(this WebApplication app)
    {
        var drain = app.Services.GetRequiredService<Drain>();
        app.Use(async (context, next) =>
        {
            if (IsForHealth(context.Request.Path))
            {
                await next(context);
                return;
            }
            if (!drain.TryEnter())
                throw Refuse(context);
            try
            {
                await next(context);
            }
            finally
            {
                drain.Leave();
            }
        });
    }

    private static bool IsForHealth(PathString path) => path == HealthExtensions.LivenessPath || path == HealthExtensions.ReadinessPath;

    /// <summary>Has the connection closed as well, so that the caller connects to another gateway.</summary>
    private static ProblemException Refuse(HttpContext context)
    {
        if (HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            context.Response.OnStarting(() =>
            {
                context.Response.Headers.Connection = "close";
                return Task.CompletedTask;
            });
        }
        return Drain.Refused();
    }
}
