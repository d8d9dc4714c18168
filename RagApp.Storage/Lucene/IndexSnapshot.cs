using RagApp.Storage.Index;

namespace RagApp.Storage.Lucene;

/// <summary>What a snapshot consists of.</summary>
internal sealed record IndexSnapshot(IReadOnlyList<SnapshotTenant> Tenants);

/// <param name="Generation">The one that was saved; a restore makes a new one like it.</param>
internal sealed record SnapshotTenant(string Tenant, IndexGeneration Generation, IReadOnlyList<SnapshotFile> Files);

/// <param name="Name">Without a folder.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Sha256">Lower-case hex.</param>
internal sealed record SnapshotFile(string Name, long Length, string Sha256);
