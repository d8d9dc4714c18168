using Microsoft.Extensions.Options;

namespace RagApp.Cache.Server;

internal static class CacheExtensions
{
    public static IServiceCollection AddCacheServer(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<CacheOptions>, CacheOptionsValidator>();
        services.AddOptionsWithValidateOnStart<CacheOptions>().BindConfiguration(CacheOptions.Section);
        services.AddHostedService<CacheServer>();
        services.AddHealthChecks().AddCheck<CacheHealthCheck>("garnet");
        return services;
    }
}
