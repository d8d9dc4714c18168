using RagApp.Storage.Index;

namespace RagApp.Storage.Lucene.Generations;

/// <summary>Content of a snapshot's record: the tenants with their generations and files.</summary>
internal sealed record IndexSnapshot(IReadOnlyList<SnapshotTenant> Tenants);

/// <param name="Generation">The saved generation; a restore makes a new one with its model and dimension.</param>
internal sealed record SnapshotTenant(string Tenant, IndexGeneration Generation, IReadOnlyList<SnapshotFile> Files);

/// <param name="Name">File name without a folder.</param>
/// <param name="Length">Length in bytes.</param>
/// <param name="Sha256">SHA-256 of the file, lower-case hex.</param>
internal sealed record SnapshotFile(string Name, long Length, string Sha256);
