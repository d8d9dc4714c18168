using System.Globalization;
using RagApp.Contracts.Documents;
using RagApp.Ingestion.Dlp;
using RagApp.Ingestion.Processing.Screening;
using RagApp.Storage.Documents.Manifests;

namespace RagApp.Ingestion.Maintenance;

/// <summary><c>maintenance quarantine</c>: lists the versions in quarantine, and releases or refuses one.</summary>
internal sealed class QuarantineVerb(Quarantine quarantine, ContentScreener screener) : IMaintenanceVerb
{
    private const string Tenant = "--tenant";
    private const string Reason = "--reason";
    private const string By = "--by";

    public static VerbDescription Description { get; } = new(
        "quarantine",
        "shows, releases or refuses documents that are held because of what they hold",
        "release sends a version on its way: what it was held for stays in it, and is noted as a tag. refuse removes the file "
        + "and fails the version with the reason; an older version goes on answering. Both are recorded in the audit.")
    {
        Operands = "list|release ID...|refuse ID...",
        Options =
        [
            new VerbOption(Tenant, "NAME", "list: only this tenant's"),
            new VerbOption(Reason, "TEXT", "why; with refuse, the uploader reads it"),
            new VerbOption(By, "NAME", "who decides (default: operator)"),
        ],
    };

    public async Task<int> RunAsync(VerbArguments arguments, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        switch (arguments.Operands)
        {
            case ["list"]:
                return await ListAsync(arguments.Find(Tenant), progress, cancellationToken);
            case ["release" or "refuse", _, ..]:
                foreach (var id in arguments.Operands.Skip(1))
                    await DecideAsync(arguments.Operands[0] == "release", id, arguments, progress, cancellationToken);
                return MaintenanceExit.Done;
            default:
                throw VerbException.Usage("Say 'quarantine list', 'quarantine release ID' or 'quarantine refuse ID'.");
        }
    }

    private async Task<int> ListAsync(string? tenant, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var held in quarantine.ListAsync(tenant, cancellationToken))
        {
            progress.Line(LineFor(held));
            count++;
        }
        progress.Line(count == 0 ? "Nothing is in quarantine." : $"{count.ToString(CultureInfo.InvariantCulture)} in quarantine.");
        return count == 0 ? MaintenanceExit.Done : MaintenanceExit.Found;
    }

    private async Task DecideAsync(
        bool release, string id, VerbArguments arguments, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        var held = await quarantine.FindAsync(id, cancellationToken)
            ?? throw new VerbException($"No document {id} is in quarantine. 'maintenance quarantine list' shows those that are.");
        var (by, why) = (arguments.Find(By) ?? "operator", arguments.Find(Reason));
        var done = release
            ? await quarantine.ReleaseAsync(held, by, why, cancellationToken)
            : await quarantine.RefuseAsync(held, by, why, cancellationToken);
        if (!done)
            throw new VerbException($"Document {id} was changed at this moment. Look at it again.");
        progress.Line($"{id} was {(release ? "released" : "refused")}.");
    }

    private string LineFor(DocumentManifest held) => string.Create(
        CultureInfo.InvariantCulture,
        $"{held.Id}  {held.Tenant}  version {held.Latest.Number}  {held.Latest.UploadedAt:yyyy-MM-dd HH:mm}  by {held.UploadedBy}  {Kinds(held)}  {screener.Conceal(held.Tenant, held.Path)}");

    private static string Kinds(DocumentManifest held) => string.Join(", ", (held.Latest.Screening?.Findings ?? [])
        .Where(finding => finding.Action == DlpAction.Quarantine)
        .Select(finding => string.Create(CultureInfo.InvariantCulture, $"{finding.Detector} x{finding.Count}")));
}
