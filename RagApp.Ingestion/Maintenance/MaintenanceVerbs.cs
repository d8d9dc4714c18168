using RagApp.Ingestion.Dlp;
using RagApp.Ingestion.Maintenance.Dead;
using RagApp.Ingestion.Maintenance.Rebuild;
using RagApp.Ingestion.Maintenance.Snapshots;
using RagApp.Ingestion.Maintenance.Sweep;
using RagApp.Ingestion.Samples;

namespace RagApp.Ingestion.Maintenance;

/// <summary>The verbs there are. A new one is a class that implements <see cref="IMaintenanceVerb"/> and a line here.</summary>
internal sealed class MaintenanceVerbs(IReadOnlyList<VerbEntry> entries)
{
    public static MaintenanceVerbs All { get; } = new(
    [
        VerbEntry.Of<RebuildIndexVerb>(),
        VerbEntry.Of<ReembedVerb>(),
        VerbEntry.Of<SweepVerb>(),
        VerbEntry.Of<SnapshotIndexVerb>(),
        VerbEntry.Of<RestoreIndexVerb>(),
        VerbEntry.Of<QuarantineVerb>(),
        VerbEntry.Of<DeadVerb>(),
        VerbEntry.Of<RequeueVerb>(),
        VerbEntry.Of<SamplesVerb>(),
    ]);

    public IReadOnlyList<VerbEntry> Entries { get; } = [.. entries.OrderBy(entry => entry.Description.Name, StringComparer.Ordinal)];

    public VerbEntry? Find(string name) => Entries.FirstOrDefault(entry => entry.Description.Name == name);
}

/// <summary>A verb by its type: described without being made, since that takes the stores.</summary>
internal sealed record VerbEntry(VerbDescription Description, Type Type)
{
    public static VerbEntry Of<TVerb>()
        where TVerb : class, IMaintenanceVerb => new(TVerb.Description, typeof(TVerb));
}
