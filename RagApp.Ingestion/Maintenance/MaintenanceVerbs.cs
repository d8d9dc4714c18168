using RagApp.Ingestion.Maintenance.Backups;
using RagApp.Ingestion.Maintenance.DeadLetters;
using RagApp.Ingestion.Maintenance.Keys;
using RagApp.Ingestion.Maintenance.Nodes;
using RagApp.Ingestion.Maintenance.Rebuild;
using RagApp.Ingestion.Maintenance.Snapshots;
using RagApp.Ingestion.Maintenance.Sweep;

namespace RagApp.Ingestion.Maintenance;

/// <summary>The list of all verbs. A new verb is a class that implements <see cref="IMaintenanceVerb"/> and a line here.</summary>
internal sealed class MaintenanceVerbs(IReadOnlyList<VerbEntry> entries)
{
    public static MaintenanceVerbs All { get; } = new(
    [
        VerbEntry.Of<RebuildIndexVerb>(),
        VerbEntry.Of<ReembedVerb>(),
        VerbEntry.Of<SweepVerb>(),
        VerbEntry.Of<SnapshotIndexVerb>(),
        VerbEntry.Of<RestoreIndexVerb>(),
        VerbEntry.Of<BackupVerb>(),
        VerbEntry.Of<RestoreVerb>(),
        VerbEntry.Of<DrillVerb>(),
        VerbEntry.Of<QdrantRejoinVerb>(),
        VerbEntry.Of<QuarantineVerb>(),
        VerbEntry.Of<AuditVerb>(),
        VerbEntry.Of<KeysVerb>(),
        VerbEntry.Of<DeadVerb>(),
        VerbEntry.Of<RequeueVerb>(),
        VerbEntry.Of<SamplesVerb>(),
    ]);

    public IReadOnlyList<VerbEntry> Entries { get; } = [.. entries.OrderBy(entry => entry.Description.Name, StringComparer.Ordinal)];

    public VerbEntry? Find(string name) => Entries.FirstOrDefault(entry => entry.Description.Name == name);
}

/// <summary>A verb's type with its description, which is read without creating the verb, since creating it opens the stores.</summary>
internal sealed record VerbEntry(VerbDescription Description, Type Type)
{
    public static VerbEntry Of<TVerb>()
        where TVerb : class, IMaintenanceVerb => new(TVerb.Description, typeof(TVerb));
}
