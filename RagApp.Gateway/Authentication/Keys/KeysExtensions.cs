using RagApp.Storage;
using RagApp.Storage.Control;
using RagApp.Storage.Journals;

namespace RagApp.Gateway.Authentication.Keys;

internal static class KeysExtensions
{
    /// <summary>Registers API keys and sessions that administrators manage, where the gateway has a store.</summary>
    public static void AddStoredKeys(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<EndedSessions>();
        if (builder.Configuration[$"{StorageOptions.Section}:{nameof(StorageOptions.DataPath)}"] is not { Length: > 0 })
            return;
        builder.Services.AddControlRecords().AddAuditJournal()
            .AddSingleton<TenantAccessStore>().AddSingleton<KeyUses>().AddSingleton<StoredKeys>().AddSingleton<KeyAdministration>()
            .AddHostedService(provider => provider.GetRequiredService<KeyUses>());
    }
}
