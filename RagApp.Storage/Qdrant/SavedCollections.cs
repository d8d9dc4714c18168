using System.Text.Json;
using System.Text.Json.Serialization;

namespace RagApp.Storage.Qdrant;

/// <summary>What a snapshot consists of.</summary>
internal sealed record SavedCollections(IReadOnlyList<SavedCollection> Collections);

/// <summary>A collection with the alias that it answers to.</summary>
/// <param name="Copies">How many nodes have each of its shards.</param>
internal sealed record SavedCollection(string Alias, int Copies, IReadOnlyList<SavedFile> Files);

/// <summary>What one node had of a collection.</summary>
/// <param name="Node">Its gRPC address; in records of before, its REST address.</param>
/// <param name="Checksum">SHA-256, lower-case hex.</param>
internal sealed record SavedFile(string Name, Uri Node, string Checksum);

/// <summary>The record's form, generated at compile time: snake_case.</summary>
[JsonSerializable(typeof(SavedCollections))]
internal sealed partial class SavedCollectionsJson : JsonSerializerContext
{
    public static SavedCollectionsJson Plain { get; } = new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower });
}
