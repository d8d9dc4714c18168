using System.Text.Json.Serialization;
using RagApp.Contracts.Search;
using RagApp.Storage.Index;
using RagApp.Storage.Lucene.Generations;

namespace RagApp.Storage.Lucene;

/// <summary>JSON serialization of the index's stored values and records, see <see cref="StoredJson"/>.</summary>
[JsonSerializable(typeof(FoundChunk))]
[JsonSerializable(typeof(IndexGeneration))]
[JsonSerializable(typeof(IndexSnapshot))]
[JsonSerializable(typeof(SearchFilters))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class LuceneJson : JsonSerializerContext
{
    public static LuceneJson Plain { get; } = new(StoredJson.NewOptions());
}
