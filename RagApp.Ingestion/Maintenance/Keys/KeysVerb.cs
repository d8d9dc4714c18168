using System.Globalization;
using Microsoft.Extensions.Options;
using RagApp.Storage.Encryption;

namespace RagApp.Ingestion.Maintenance.Keys;

/// <summary><c>maintenance keys</c>: shows the keys of tenants, changes the master key, encrypts what was stored in clear, and destroys a tenant's key.</summary>
internal sealed class KeysVerb(
    TenantKeys keys, MasterKeyRotation rotation, ClearBlobs clear, TenantDestruction destruction, TenantList tenants, IOptions<EncryptionOptions> options) : IMaintenanceVerb
{
    private const string Confirm = "--confirm";
    private const string By = "--by";

    public static VerbDescription Description { get; } = new(
        "keys",
        "Shows, rotates or destroys the keys that encrypt documents.",
        """
        status lists the key of each tenant and the master key that encrypts it. rotate encrypts the keys of all tenants
        with a new master key, or with the configured Encryption:Key; documents stay as they are. encrypt encrypts
        documents that were stored in clear before. destroy destroys the key of a tenant and removes its documents and its
        index. It cannot be undone: copies of the documents become unreadable too. Backups keep the tenant until they are
        removed by their age.

        Exit code 1: status found a key that cannot be read.
        """)
    {
        Operands = "status|rotate|encrypt|destroy",
        Options =
        [
            new VerbOption(TenantList.Option.Name, "NAME", "status, encrypt: this tenant only (default: all); destroy: the tenant"),
            new VerbOption(Confirm, "NAME", "destroy: the name of the tenant again"),
            new VerbOption(By, "NAME", "destroy: who decides (default: operator)"),
        ],
        RunsAlone = true,
    };

    public Task<int> RunAsync(VerbArguments arguments, IProgress<VerbUpdate> progress, CancellationToken cancellationToken) => arguments.Operands switch
    {
        ["status"] => ShowAsync(arguments, progress, cancellationToken),
        ["rotate"] => RotateAsync(progress, cancellationToken),
        ["encrypt"] => EncryptAsync(arguments, progress, cancellationToken),
        ["destroy"] => DestroyAsync(arguments, progress, cancellationToken),
        _ => throw VerbException.Usage("Say 'keys status', 'keys rotate', 'keys encrypt' or 'keys destroy --tenant NAME --confirm NAME'."),
    };

    private async Task<int> ShowAsync(VerbArguments arguments, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        var unreadable = false;
        foreach (var tenant in await tenants.FindAsync(arguments, cancellationToken))
        {
            var state = await keys.FindStateAsync(tenant, cancellationToken);
            progress.Line($"{tenant}: {Describe(state)}");
            unreadable |= state is { DestroyedAt: null, IsReadable: false };
        }
        return unreadable ? MaintenanceExit.Found : MaintenanceExit.Done;
    }

    private static string Describe(TenantKeyState? state) => state switch
    {
        null => "no key yet",
        { DestroyedAt: { } at } => string.Create(CultureInfo.InvariantCulture, $"key of {state.CreatedAt:yyyy-MM-dd}, destroyed on {at:yyyy-MM-dd HH:mm}"),
        _ => string.Create(CultureInfo.InvariantCulture,
            $"key of {state.CreatedAt:yyyy-MM-dd}, master key {state.MasterKey}, {(state.IsCurrent ? "the current one" : state.IsReadable ? "an old one" : "which is not here")}"),
    };

    private async Task<int> RotateAsync(IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        RequireMasterKey();
        var count = await rotation.RunAsync(await tenants.FindAsync(VerbArguments.None, cancellationToken), cancellationToken);
        progress.Line(string.Create(CultureInfo.InvariantCulture, $"{count} keys of tenants are encrypted with the current master key now. Earlier master keys are no longer needed."));
        return MaintenanceExit.Done;
    }

    private async Task<int> EncryptAsync(VerbArguments arguments, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        RequireMasterKey();
        if (!options.Value.Documents)
            throw new VerbException("Encryption:Documents is false, so that documents are stored in clear: set it to true first.");
        foreach (var tenant in await tenants.FindAsync(arguments, cancellationToken))
        {
            var count = await clear.EncryptAsync(
                tenant, looked => progress.Status(string.Create(CultureInfo.InvariantCulture, $"{tenant}: {looked} blobs")), cancellationToken);
            progress.Line(string.Create(CultureInfo.InvariantCulture, $"{tenant}: {count} blobs were in clear and are encrypted now"));
        }
        return MaintenanceExit.Done;
    }

    private async Task<int> DestroyAsync(VerbArguments arguments, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        var tenant = arguments.Find(TenantList.Option.Name) ?? throw VerbException.Usage("Say whose key: --tenant NAME.");
        if (arguments.Find(Confirm) != tenant)
            throw VerbException.Usage($"This destroys all documents of '{tenant}' for good: say --confirm {tenant}, too.");
        await tenants.FindAsync(arguments, cancellationToken);
        var count = await destruction.RunAsync(tenant, arguments.Find(By) ?? "operator", progress, cancellationToken);
        progress.Line(string.Create(CultureInfo.InvariantCulture, $"{tenant}: the key is destroyed, and {count} documents and the index are removed."));
        return MaintenanceExit.Done;
    }

    private void RequireMasterKey()
    {
        if (!rotation.HasMasterKey)
            throw new VerbException("There is no master key here: set Encryption:Key ('openssl rand -base64 32').");
    }
}
