using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RagApp.Storage.Blobs;
using RagApp.Storage.Journals.Chain;

namespace RagApp.Storage.Journals;

public static class AuditJournalExtensions
{
    /// <summary>The key between services, which every service has; it signs the chain when there is no key of its own.</summary>
    private const string KeyBetweenServices = "Identity:SigningKey";

    /// <summary>
    /// Registers the audit journal with its chain, on the blob store that <see cref="Documents.DocumentStoreExtensions.AddDocumentStore"/>
    /// registers.
    /// </summary>
    public static IServiceCollection AddAuditJournal(this IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton<Telemetry>();
        services.AddOptionsWithValidateOnStart<AuditChainOptions>().BindConfiguration(AuditChainOptions.Section)
            .PostConfigure<IConfiguration>((options, configuration) =>
            {
                if (options.SigningKey.Length == 0)
                    options.SigningKey = configuration[KeyBetweenServices] ?? "";
            });
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IValidateOptions<AuditChainOptions>>(new DataAnnotationValidateOptions<AuditChainOptions>(Options.DefaultName)),
            ServiceDescriptor.Singleton<IValidateOptions<AuditChainOptions>, AuditKeyValidator>(),
        ]);
        services.TryAddSingleton<AuditSignatures>();
        services.TryAddSingleton<AuditRemovals>();
        services.TryAddSingleton<AuditChain>();
        services.TryAddSingleton(provider => new AuditVerifier(
            provider.GetRequiredService<IBlobStore>(), provider.GetRequiredService<AuditSignatures>(), provider.GetRequiredService<AuditRemovals>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, AuditCheckpoints>());
        services.TryAddSingleton<IAuditJournal, AuditJournal>();
        return services;
    }

    /// <summary>Removes records at the end of their retention; one service does it.</summary>
    public static IServiceCollection AddAuditRetention(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => new AuditRetention(
            provider.GetRequiredService<IBlobStore>(), provider.GetRequiredService<AuditRemovals>(), provider.GetRequiredService<AuditSignatures>(),
            provider.GetRequiredService<IAuditJournal>(), provider.GetRequiredService<IOptions<AuditChainOptions>>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<AuditRetention>>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, AuditExpiry>());
        return services;
    }
}
