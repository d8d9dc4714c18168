using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace RagApp.Storage.Journals;

public static class AuditJournalExtensions
{
    /// <summary>
    /// Registers the audit journal, on the blob store that <see cref="Documents.DocumentStoreExtensions.AddDocumentStore"/>
    /// registers.
    /// </summary>
    public static IServiceCollection AddAuditJournal(this IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton<Telemetry>();
        services.TryAddSingleton<IAuditJournal, AuditJournal>();
        return services;
    }
}
