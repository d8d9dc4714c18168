using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace RagApp.Storage.Journals;

public static class AuditJournalExtensions
{
    /// <summary>The audit journal, on the blobs that <see cref="Documents.DocumentStoreExtensions.AddDocumentStore"/> registers.</summary>
    public static IServiceCollection AddAuditJournal(this IServiceCollection services)
    {
        services.TryAddSingleton<IAuditJournal, AuditJournal>();
        return services;
    }
}
