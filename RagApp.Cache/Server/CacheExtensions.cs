namespace RagApp.Cache.Server;

internal static class CacheExtensions
{
    public static IServiceCollection AddCacheServer(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<CacheOptions>().ValidateDataAnnotations().BindConfiguration(CacheOptions.Section);
        services.AddHostedService<CacheServer>();
        services.AddHealthChecks().AddCheck<CacheHealthCheck>("garnet");
        return services;
    }
}
