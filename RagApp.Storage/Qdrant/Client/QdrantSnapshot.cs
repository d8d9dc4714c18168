namespace RagApp.Storage.Qdrant.Client;

/// <summary>A snapshot of the shards of a collection that one node holds.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="Checksum">SHA-256, lower-case hex.</param>
internal sealed record QdrantSnapshot(string Name, long Size, string? Checksum);

/// <param name="Location">A file on the server (<c>file://</c>) or an address that it fetches from.</param>
/// <param name="Priority">Which data wins: <c>snapshot</c> puts the snapshot's in the place of the collection's.</param>
/// <param name="Checksum">SHA-256 in hex; the server refuses a file that has another.</param>
internal sealed record QdrantRecovery(string Location, string Priority, string? Checksum);
