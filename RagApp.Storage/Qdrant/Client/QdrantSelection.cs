using System.Text.Json;
using System.Text.Json.Serialization;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>Which fields (or vectors) of a point come back: all, none, or those named.</summary>
[JsonConverter(typeof(Converter))]
internal sealed class QdrantSelection
{
    private readonly string[]? _names;
    private readonly bool _all;

    private QdrantSelection(bool all, string[]? names) => (_all, _names) = (all, names);

    public static QdrantSelection All { get; } = new(all: true, names: null);

    public static QdrantSelection None { get; } = new(all: false, names: null);

    public static QdrantSelection Only(params string[] names) => new(all: false, names);

    internal sealed class Converter : JsonConverter<QdrantSelection>
    {
        public override QdrantSelection Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, QdrantSelection value, JsonSerializerOptions options)
        {
            if (value._names is null)
            {
                writer.WriteBooleanValue(value._all);
                return;
            }
            writer.WriteStartArray();
            foreach (var name in value._names)
                writer.WriteStringValue(name);
            writer.WriteEndArray();
        }
    }
}
