using RagApp.Storage.Announcements;

namespace RagApp.Ingestion.Catalogue;

internal static class CatalogueExtensions
{
    public static IServiceCollection AddDocumentCatalogue(this IServiceCollection services)
    {
        services.AddDocumentAnnouncements();
        services.AddSingleton<DocumentCatalogue>();
        services.AddHostedService<CatalogueKeeper>();
        return services;
    }
}
