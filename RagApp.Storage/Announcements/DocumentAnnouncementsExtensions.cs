using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace RagApp.Storage.Announcements;

public static class DocumentAnnouncementsExtensions
{
    /// <summary>Registers announcements on the Redis connection that <see cref="Queue.JobQueueExtensions.AddJobQueue"/> opens.</summary>
    public static IServiceCollection AddDocumentAnnouncements(this IServiceCollection services)
    {
        services.TryAddSingleton<DocumentAnnouncements>();
        return services;
    }
}
