using System.Text.Json;
using System.Text.Json.Serialization;

namespace RagApp.Storage.Qdrant.Generations;

/// <summary>Content of a snapshot's record: the saved collections.</summary>
internal sealed record SavedCollections(IReadOnlyList<SavedCollection> Collections);

/// <summary>A saved collection with its alias.</summary>
/// <param name="Copies">Replication factor: number of nodes that have each shard.</param>
internal sealed record SavedCollection(string Alias, int Copies, IReadOnlyList<SavedFile> Files);

/// <summary>The snapshot file of a collection from one node.</summary>
/// <param name="Node">gRPC address of the node; in older records its REST address.</param>
/// <param name="Checksum">SHA-256 of the file, lower-case hex.</param>
internal sealed record SavedFile(string Name, Uri Node, string Checksum);

/// <summary>JSON serialization of the record, in snake_case.</summary>
[JsonSerializable(typeof(SavedCollections))]
internal sealed partial class SavedCollectionsJson : JsonSerializerContext
{
    public static SavedCollectionsJson Plain { get; } = new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower });
}
