using Microsoft.Extensions.DependencyInjection;
using RagApp.Storage.Blobs;
using RagApp.Storage.Index;
using RagApp.Storage.Queue;

namespace RagApp.Tests.Ingestion.Faults;

/// <summary>Wraps every store of a service so that a crash point can stop it.</summary>
internal static class CrashingServices
{
    public static void DieAt(this IServiceCollection services, CrashPoint point)
    {
        services.Surround<IBlobStore>(point);
        services.Surround<IChunkIndexWriter>(point);
        services.Surround<IJobQueue>(point);
    }

    private static void Surround<T>(this IServiceCollection services, CrashPoint point)
        where T : class
    {
        var own = services.Last(service => service.ServiceType == typeof(T));
        services.AddKeyedSingleton<T>(nameof(CrashPoint), (provider, _) => // so that the container disposes of it
            (T)(own.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, own.ImplementationType!)));
        services.AddSingleton(provider => CrashingStore<T>.Around(provider.GetRequiredKeyedService<T>(nameof(CrashPoint)), point));
    }
}
