using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RagApp.Storage.Blobs;

namespace RagApp.Storage.Journals;

/// <summary>
/// The file format of a segment: one line of JSON per record, and a last line that seals them with a checksum.
/// <code>
/// {"tenant":"acme","at":"2026-11-25T14:02:33.5930012+00:00","actor":"user:alice","action":"document.deleted", ...}
/// {"records":1,"sha256":"9f86..."}
/// </code>
/// </summary>
internal static class SegmentFile
{
    private const byte LineBreak = (byte)'\n';

    public static MemoryStream Write(IReadOnlyList<JournalLine> lines)
    {
        var bytes = new MemoryStream();
        foreach (var line in lines)
        {
            bytes.Write(line.Json);
            bytes.WriteByte(LineBreak);
        }
        var seal = new SegmentSeal(lines.Count, Hash(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
        bytes.Write(JsonSerializer.SerializeToUtf8Bytes(seal, JournalsJson.Plain.SegmentSeal));
        bytes.WriteByte(LineBreak);
        bytes.Position = 0;
        return bytes;
    }

    /// <exception cref="CorruptBlobException">The bytes are not what <see cref="Write"/> made.</exception>
    public static IReadOnlyList<T> Read<T>(string key, ReadOnlySpan<byte> bytes, JsonTypeInfo<T> type)
    {
        var content = bytes[..(bytes.TrimEnd(LineBreak).LastIndexOf(LineBreak) + 1)];
        try
        {
            var seal = JsonSerializer.Deserialize(bytes[content.Length..], JournalsJson.Plain.SegmentSeal);
            if (seal is null || !string.Equals(seal.Sha256, Hash(content), StringComparison.Ordinal))
                throw new CorruptBlobException(key, "its checksum does not match");
            var records = new List<T>();
            foreach (var line in content.TrimEnd(LineBreak).Split(LineBreak))
                records.Add(JsonSerializer.Deserialize(content[line], type)!);
            return records.Count == seal.Records ? records : throw new CorruptBlobException(key, $"it holds {records.Count} records, not {seal.Records}");
        }
        catch (JsonException exception)
        {
            throw new CorruptBlobException(key, "it does not end with a seal, or a line is no record", exception);
        }
    }

    private static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));
}

/// <summary>The last line of a segment, with the checksum of the lines above.</summary>
/// <param name="Records">Number of records in the lines above.</param>
/// <param name="Sha256">SHA-256 of the lines above with their line breaks, lower-case hex.</param>
internal sealed record SegmentSeal(int Records, string Sha256);
