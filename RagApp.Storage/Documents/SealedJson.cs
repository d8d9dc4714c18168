using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RagApp.Storage.Blobs;

namespace RagApp.Storage.Documents;

/// <summary>
/// A JSON record with a checksum, so that a damaged record is detected:
/// <c>{"sha256":"9f86...","content":{"title":"Travel policy", ...}}</c>. The checksum is computed over the bytes of the
/// content as they are in the file.
/// </summary>
internal static class SealedJson
{
    internal sealed record Envelope(string Sha256, JsonElement Content);

    public static MemoryStream Write<T>(T record, JsonTypeInfo<T> type)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(record, type);
        var sealedBytes = new MemoryStream(content.Length + 128);
        using (var json = new Utf8JsonWriter(sealedBytes))
        {
            json.WriteStartObject();
            json.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(content)));
            json.WritePropertyName("content");
            json.WriteRawValue(content, skipInputValidation: true);
            json.WriteEndObject();
        }
        sealedBytes.Position = 0;
        return sealedBytes;
    }

    /// <exception cref="CorruptBlobException">The bytes are not what <see cref="Write"/> made.</exception>
    public static async Task<T> ReadAsync<T>(string key, Stream bytes, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            var envelope = await JsonSerializer.DeserializeAsync(bytes, DocumentsJson.Plain.Envelope, cancellationToken);
            var content = envelope?.Content.GetRawText() ?? throw new CorruptBlobException(key, "it is empty");
            var found = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(content)));
            if (!string.Equals(found, envelope.Sha256, StringComparison.Ordinal))
                throw new CorruptBlobException(key, "its checksum does not match");
            return JsonSerializer.Deserialize(content, type) ?? throw new CorruptBlobException(key, "it is empty");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new CorruptBlobException(key, "it is no readable JSON", exception);
        }
    }
}
