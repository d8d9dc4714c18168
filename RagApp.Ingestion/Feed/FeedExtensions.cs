using RagApp.Storage.Announcements;

namespace RagApp.Ingestion.Feed;

internal static class FeedExtensions
{
    public static IServiceCollection AddDocumentFeed(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<FeedOptions>().ValidateDataAnnotations().BindConfiguration(FeedOptions.Section);
        services.AddDocumentAnnouncements();
        services.AddSingleton<DocumentFeeds>();
        services.AddHostedService(provider => provider.GetRequiredService<DocumentFeeds>());
        return services;
    }
}
