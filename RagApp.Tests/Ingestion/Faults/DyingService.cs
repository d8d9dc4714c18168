using Microsoft.Extensions.DependencyInjection;
using RagApp.Contracts.Http;
using RagApp.Storage.Documents;
using RagApp.Storage.Documents.Manifests;
using RagApp.Storage.Queue;

namespace RagApp.Tests.Ingestion.Faults;

/// <summary>Looks at a service that may die during the look.</summary>
internal static class DyingService
{
    /// <returns>False when the service did not answer, or answered with an error.</returns>
    public static async Task<bool> TryAsync(Func<Task> action)
    {
        try
        {
            await action();
            return true;
        }
        catch (Exception exception) when (exception is ApiException or HttpRequestException)
        {
            return false;
        }
    }

    public static async Task<bool> IsIdleAsync(IngestionService service)
    {
        try
        {
            return await service.App.Services.GetRequiredService<IJobQueue>().GetDepthAsync(Cancellation) is { Waiting: 0, Running: 0, Delayed: 0 };
        }
        catch (CrashedException)
        {
            return false;
        }
    }

    public static async Task<DocumentManifest?> FindAsync(IngestionService service, string id) =>
        (await service.App.Services.GetRequiredService<IManifestStore>().FindAsync("acme", id, Cancellation))?.Manifest;

    public static string IdOf(string path) => DocumentIds.For("acme", path);
}
