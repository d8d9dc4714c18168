using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace RagApp.Storage.Announcements;

public static class DocumentAnnouncementsExtensions
{
    /// <summary>Announcements on the connection that <see cref="Queue.JobQueueExtensions.AddJobQueue"/> opens.</summary>
    public static IServiceCollection AddDocumentAnnouncements(this IServiceCollection services)
    {
        services.TryAddSingleton<DocumentAnnouncements>();
        return services;
    }
}
