using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Qdrant.Client;
using Qdrant.Client.Grpc;

namespace RagApp.Storage.Qdrant.Client;

internal static class QdrantExtensions
{
    /// <summary>
    /// The client of all nodes that the options name, in the place of one that knows a single node; nothing is connected
    /// until it is used.
    /// </summary>
    public static IServiceCollection AddQdrantNodes(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<QdrantOptions>().BindConfiguration(QdrantOptions.Section);
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IValidateOptions<QdrantOptions>>(new DataAnnotationValidateOptions<QdrantOptions>(Options.DefaultName)),
            ServiceDescriptor.Singleton<IValidateOptions<QdrantOptions>, QdrantAddressValidator>(),
        ]);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<QdrantNodes>();
        services.TryAddSingleton<FailoverInvoker>();
        services.Replace(ServiceDescriptor.Singleton(provider => new QdrantClient(new QdrantGrpcClient(provider.GetRequiredService<FailoverInvoker>()))));
        services.TryAddSingleton<QdrantAliases>();
        services.TryAddSingleton<QdrantPoints>();
        services.TryAddSingleton<QdrantRest>();
        return services;
    }
}
