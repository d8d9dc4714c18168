using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Publish;

internal static class ManifestExtensions
{
    public static IServiceCollection AddManifestPublisher(this IServiceCollection services)
    {
        services.Configure<ConsoleLifetimeOptions>(o => o.SuppressStatusMessages = true);
        services.AddHostedService<ManifestPublisher>();
        return services;
    }
}
