using Microsoft.Extensions.Options;
using RagApp.Storage.Blobs;
using RagApp.Storage.Documents.Originals;
using RagApp.Storage.Index;

namespace RagApp.Ingestion.Maintenance.Sweep;

/// <summary>
/// Reconciles store and index in both directions and removes what crashes left behind: for each tenant 1. documents and
/// their chunks, 2. originals, 3. generations of the index; then 4. unfinished writes.
/// </summary>
internal sealed class SweepVerb(
    IOriginalStore originals,
    IIndexGenerations generations,
    IEnumerable<IUnfinishedWrites> unfinished,
    DocumentSweep documents,
    TenantList tenants,
    Telemetry telemetry,
    IOptions<SweepOptions> options,
    TimeProvider time) : IMaintenanceVerb
{
    public const string Name = "sweep";
    public const string DryRun = "--dry-run";

    public static VerbDescription Description { get; } = new(
        Name,
        "Reconciles store and index, and removes what crashes left.",
        """
        Compares the document store with the index, both ways: chunks of documents or versions that are gone are removed,
        missing ones are added from the stored passages and vectors, access lists are set right. Removes blobs, vectors,
        builds of the index and unfinished writes that nothing names any more; what is younger than Sweep:Grace may be
        on its way and is left alone.

        Exit code 1: orphans were found, mended or not.
        """)
    {
        Options = [new VerbOption(DryRun, Value: null, "counts, and changes nothing"), TenantList.Option],
        RunsAlone = true,
    };

    public async Task<int> RunAsync(VerbArguments arguments, IProgress<VerbUpdate> progress, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var before = time.GetUtcNow() - options.Value.Grace;
        var report = new SweepReport(arguments.Has(DryRun), progress);
        foreach (var tenant in await tenants.FindAsync(arguments, cancellationToken))
        {
            // 1
            var named = await documents.RunAsync(tenant, report, progress, cancellationToken);
            // 2
            if (named is not null)
                await SweepOriginalsAsync(tenant, named, before, report, cancellationToken);
            // 3
            await SweepGenerationsAsync(tenant, report, cancellationToken);
        }
        // 4
        if (arguments.Find(TenantList.Option.Name) is null)
            await SweepUnfinishedAsync(before, report, cancellationToken);

        report.Print();
        telemetry.Swept(report, time.GetElapsedTime(started));
        return report.Found == 0 ? MaintenanceExit.Done : MaintenanceExit.Found;
    }

    /// <summary>Removes old originals that no manifest names. A young one may belong to an upload in progress.</summary>
    private async Task SweepOriginalsAsync(
        string tenant, HashSet<string> named, DateTimeOffset before, SweepReport report, CancellationToken cancellationToken)
    {
        await foreach (var original in originals.ListAsync(tenant, before, cancellationToken))
        {
            if (named.Contains(original))
                continue;
            if (!report.DryRun)
                await originals.DeleteAsync(tenant, original, cancellationToken);
            report.Add(tenant, OrphanKind.OriginalWithoutDocument, mended: !report.DryRun);
        }
    }

    private async Task SweepGenerationsAsync(string tenant, SweepReport report, CancellationToken cancellationToken)
    {
        foreach (var generation in await generations.ListLeftAsync(tenant, cancellationToken))
        {
            var removed = !report.DryRun && await generations.TryRemoveAsync(tenant, generation, cancellationToken);
            report.Add(tenant, OrphanKind.IndexGenerationLeft, removed);
        }
    }

    private async Task SweepUnfinishedAsync(DateTimeOffset before, SweepReport report, CancellationToken cancellationToken)
    {
        foreach (var writes in unfinished)
        {
            await foreach (var name in writes.ListAsync(before, cancellationToken))
            {
                if (!report.DryRun)
                    await writes.RemoveAsync(name, cancellationToken);
                report.Add(SweepReport.NoTenant, OrphanKind.UnfinishedWrite, mended: !report.DryRun);
            }
        }
    }
}
