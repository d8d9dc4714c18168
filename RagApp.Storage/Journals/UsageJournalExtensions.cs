using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using RagApp.Contracts.Usage;

namespace RagApp.Storage.Journals;

public static class UsageJournalExtensions
{
    private const string Name = "usage";

    /// <summary>Registers the usage journal in the bucket or folder of the documents.</summary>
    /// <returns>False when the service has no such store.</returns>
    public static bool TryAddUsageJournal(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration[$"{StorageOptions.Section}:{nameof(StorageOptions.DataPath)}"] is not { Length: > 0 })
            return false;
        builder.Services.AddJournal(Name, JournalsJson.Plain.UsageRecord, record => record.At).TryAddSingleton<IUsageJournal, UsageJournal>();
        builder.Services.TryAddSingleton<UsageDays>();
        return true;
    }

    /// <summary>Sums up old days of the registered usage journal while the service runs.</summary>
    public static IServiceCollection AddUsageSums(this IServiceCollection services) => services.AddHostedService<UsageSumming>();
}
