using System.Globalization;
using RagApp.Storage.Journals;
using RagApp.Storage.Journals.Chain;

namespace RagApp.Ingestion.Maintenance;

/// <summary><c>maintenance audit</c>: verifies the hash chains of the audit journals, and exports a journal as JSON Lines.</summary>
internal sealed class AuditVerb(AuditVerifier verifier, IAuditJournal journal) : IMaintenanceVerb
{
    private const string Tenant = "--tenant";
    private const string Checkpoint = "--checkpoint";
    private const string From = "--from";
    private const string To = "--to";

    public static VerbDescription Description { get; } = new(
        "audit",
        "verifies that nobody changed the audit journal, or exports it",
        "verify follows the hash chain of each tenant's journal and reports everything that was removed, changed, reordered or cut off. "
        + "export prints a tenant's records as JSON Lines. Neither changes anything.")
    {
        Operands = "verify|export",
        Options =
        [
            new VerbOption(Tenant, "NAME", "verify: only this tenant's; export: the tenant"),
            new VerbOption(Checkpoint, "NUMBER:HASH", "verify, with --tenant: a checkpoint from a log, which the chain has to hold"),
            new VerbOption(From, "TIME", "export: first time, such as 2026-11-01 (UTC)"),
            new VerbOption(To, "TIME", "export: time before which it ends"),
        ],
    };

    public Task<int> RunAsync(VerbArguments arguments, IProgress<VerbUpdate> progress, CancellationToken cancellationToken) => arguments.Operands switch
    {
        ["verify"] => VerifyAsync(arguments, progress, cancellationToken),
        ["export"] => ExportAsync(arguments, progress, cancellationToken),
        _ => throw VerbException.Usage("Say 'audit verify' or 'audit export --tenant NAME'."),
    };

    private async Task<int> VerifyAsync(VerbArguments arguments, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        if (!verifier.HasKey)
            throw new VerbException("The key that signs the audit is not known here: give it as --Identity:SigningKey=... or --Audit:SigningKey=....");
        if (arguments.Has(Checkpoint) && !arguments.Has(Tenant))
            throw VerbException.Usage("A checkpoint is that of one tenant: say --tenant, too.");
        var tenants = arguments.Find(Tenant) is { } named ? [named] : await journal.ListTenantsAsync(cancellationToken).ToListAsync(cancellationToken);
        var found = false;
        foreach (var tenant in tenants)
        {
            progress.Status($"{tenant}: verifying");
            var result = await verifier.VerifyAsync(tenant, arguments.Find(Checkpoint), cancellationToken);
            foreach (var problem in result.Problems)
                progress.Line($"{tenant}: {problem}");
            progress.Line($"{tenant}: {Summary(result)}");
            found |= result.Problems.Count > 0;
        }
        return found ? MaintenanceExit.Found : MaintenanceExit.Done;
    }

    private async Task<int> ExportAsync(VerbArguments arguments, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        var tenant = arguments.Find(Tenant) ?? throw VerbException.Usage("Say whose journal: --tenant NAME.");
        try
        {
            await foreach (var record in journal.ReadAsync(
                tenant, TimeOf(arguments, From) ?? DateTimeOffset.MinValue, TimeOf(arguments, To) ?? DateTimeOffset.MaxValue, cancellationToken))
                progress.Line(AuditLines.Of(record));
            return MaintenanceExit.Done;
        }
        catch (DamagedJournalException damage)
        {
            throw new VerbException(damage.Message, MaintenanceExit.Failed, damage);
        }
    }

    private static string Summary(AuditVerification result)
    {
        var problems = result.Problems.Count == 0 ? "nothing is wrong" : string.Create(CultureInfo.InvariantCulture, $"{result.Problems.Count} problems");
        var earlier = result.Earlier == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {result.Earlier} segments from before the chain are not protected by it");
        var checkpoint = result.Checkpoint is { } last ? $"; last checkpoint {last}" : "; no checkpoint yet";
        var removed = result.Removed is { } expired
            ? string.Create(CultureInfo.InvariantCulture, $"; {expired.Records} records until {expired.Until.UtcDateTime:yyyy-MM-dd} were removed at the end of their retention")
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"{problems} in {result.Links} links with {result.Records} records{checkpoint}{earlier}{removed}.");
    }

    private static DateTimeOffset? TimeOf(VerbArguments arguments, string option) => arguments.Find(option) switch
    {
        null => null,
        { } text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) => time,
        { } text => throw VerbException.Usage($"'{text}' is no time: write it as 2026-11-25 or 2026-11-25T14:00:00Z."),
    };
}
