using System.Text.Json;
using System.Text.Json.Serialization;

namespace RagApp.Text;

/// <summary>A <see cref="PhraseSet"/> is written as the list of its phrases.</summary>
internal sealed class PhraseSetConverter : JsonConverter<PhraseSet>
{
    public override PhraseSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("Phrases are a list.");
        var phrases = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            phrases.Add(reader.GetString() ?? throw new JsonException("A phrase is text."));
        return new PhraseSet(phrases);
    }

    public override void Write(Utf8JsonWriter writer, PhraseSet value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Language files are only read.");
}
