using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace RagApp.Gateway.Limits;

internal static class LimitsExtensions
{
    public static IServiceCollection AddLimits(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<RateLimitOptions>().ValidateDataAnnotations().BindConfiguration(RateLimitOptions.Section);
        services.AddSingleton<IValidateOptions<RateLimitOptions>, TrustedProxiesValidator>();
        services.AddSingleton<Telemetry>().AddSingleton<RateLimiter>().AddSingleton<RequestLimits>().AddSingleton<SignInThrottle>();
        return services;
    }

    /// <summary>Takes the address of people behind trusted proxies from what these proxies say; without trusted proxies nobody is believed.</summary>
    public static void UseTrustedProxies(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<RateLimitOptions>>().Value.TrustedProxies is not { Count: > 0 } networks)
            return;
        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in networks)
            forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
        app.UseForwardedHeaders(forwarded);
    }

    /// <summary>Authenticates requests, with throttling of failures before it and the rate limits behind it.</summary>
    public static void UseLimitedAuthentication(this WebApplication app)
    {
        var throttle = app.Services.GetRequiredService<SignInThrottle>();
        app.Use(async (context, next) =>
        {
            await throttle.CheckAsync(context);
            await next(context);
        });
        app.UseAuthentication();
        app.Use(async (context, next) =>
        {
            await throttle.NoteAsync(context);
            await next(context);
        });
        app.UseMiddleware<RequestLimits>();
    }
}
