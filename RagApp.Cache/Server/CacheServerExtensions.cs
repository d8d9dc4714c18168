namespace RagApp.Cache.Server;

internal static class CacheServerExtensions
{
    public static IServiceCollection AddCacheServer(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<CacheServerOptions>().ValidateDataAnnotations().BindConfiguration(CacheServerOptions.Section);
        services.AddHostedService<CacheServer>();
        services.AddHealthChecks().AddCheck<CacheHealthCheck>("garnet");
        return services;
    }
}
