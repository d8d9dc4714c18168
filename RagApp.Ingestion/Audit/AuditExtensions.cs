using RagApp.Storage.Journals;

namespace RagApp.Ingestion.Audit;

internal static class AuditExtensions
{
    public static IServiceCollection AddDocumentAudit(this IServiceCollection services)
    {
        services.AddAuditJournal().AddAuditRetention();
        services.AddSingleton<DocumentAudit>();
        return services;
    }
}
