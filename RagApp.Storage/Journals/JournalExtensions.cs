using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents;

namespace RagApp.Storage.Journals;

public static class JournalExtensions
{
    /// <summary>Registers a <see cref="Journal{T}"/>, in the bucket or folder of the documents.</summary>
    /// <param name="name">Name of the journal, a segment of its keys.</param>
    /// <param name="type">JSON format of a record.</param>
    /// <param name="at">Time of a record; the journal is read by this time.</param>
    public static IServiceCollection AddJournal<T>(this IServiceCollection services, string name, JsonTypeInfo<T> type, Func<T, DateTimeOffset> at)
    {
        services.AddBlobStore();
        services.AddMetrics();
        services.TryAddSingleton<Telemetry>();
        services.TryAddSingleton(provider => new Journal<T>(
            provider.GetRequiredService<IBlobStore>(), name, type, at,
            provider.GetRequiredService<Telemetry>(), provider.GetRequiredService<TimeProvider>(), chain: null));
        return services;
    }
}
