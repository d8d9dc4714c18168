using System.Text.Json.Serialization;

namespace RagApp.Storage.Qdrant.Terms;

/// <summary>JSON serialization of cache keys, see <see cref="StoredJson"/>.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class TermsJson : JsonSerializerContext
{
    public static TermsJson Plain { get; } = new(StoredJson.NewOptions());
}
