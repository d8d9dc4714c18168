using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using RagApp.Parsing.Formats.CompoundFiles;

namespace RagApp.Parsing.Formats.Mail.Outlook;

/// <summary>
/// The properties of a message, a recipient or an attachment. Numbers and times are in one stream of 16-byte records; each
/// text or byte array is in a stream of its own, named after its number and type:
/// <code>__substg1.0_0037001F</code>
/// </summary>
internal sealed class MapiProperties
{
    private const int RecordBytes = 16;
    private const string Integer = "0003";
    private const string Text8 = "001E";
    private const string TextUtf16 = "001F";
    private const string Time = "0040";
    private const string Bytes = "0102";

    private readonly CompoundFile _file;
    private readonly CompoundEntry _storage;
    private readonly Dictionary<string, long> _fixed = new(StringComparer.Ordinal);

    /// <param name="headerBytes">Number of bytes before the records: 32 in a message, 24 in an embedded message, 8 elsewhere.</param>
    public MapiProperties(CompoundFile file, CompoundEntry storage, int headerBytes)
    {
        (_file, _storage) = (file, storage);
        if (Read(MsgFormat.Mark) is not { } records)
            return;
        for (var at = headerBytes; at + RecordBytes <= records.Length; at += RecordBytes)
        {
            var tag = BinaryPrimitives.ReadUInt32LittleEndian(records.AsSpan(at));
            _fixed.TryAdd(tag.ToString("X8", CultureInfo.InvariantCulture), BinaryPrimitives.ReadInt64LittleEndian(records.AsSpan(at + 8)));
        }
    }

    public int? Number(ushort tag) => _fixed.TryGetValue(Name(tag, Integer), out var value) ? (int)value : null;

    public DateTimeOffset? Moment(ushort tag) =>
        _fixed.TryGetValue(Name(tag, Time), out var ticks) && ticks > 0 && ticks < DateTime.MaxValue.ToFileTimeUtc() ? DateTimeOffset.FromFileTime(ticks).ToUniversalTime() : null;

    public byte[]? Binary(ushort tag) => Read($"__substg1.0_{Name(tag, Bytes)}");

    /// <summary>The bytes of an 8-bit text.</summary>
    public byte[]? Narrow(ushort tag) => Read($"__substg1.0_{Name(tag, Text8)}");

    /// <param name="narrow">The encoding of 8-bit texts.</param>
    public string? Text(ushort tag, Encoding narrow)
    {
        var text = Read($"__substg1.0_{Name(tag, TextUtf16)}") is { } wide ? Encoding.Unicode.GetString(wide)
            : Narrow(tag) is { } bytes ? narrow.GetString(bytes)
            : null;
        return text?.TrimEnd('\0') is { Length: > 0 } found ? found : null;
    }

    /// <summary>Opens a byte array as a stream; null when there is none.</summary>
    public Stream? Open(ushort tag) =>
        _storage.Find($"__substg1.0_{Name(tag, Bytes)}") is { IsStorage: false } entry ? _file.Open(entry) : null;

    /// <summary>The storage of an embedded message.</summary>
    public CompoundEntry? Storage(ushort tag) => _storage.Find($"__substg1.0_{Name(tag, "000D")}") is { IsStorage: true } entry ? entry : null;

    private static string Name(ushort tag, string type) => tag.ToString("X4", CultureInfo.InvariantCulture) + type;

    private byte[]? Read(string stream)
    {
        if (_storage.Find(stream) is not { IsStorage: false } entry)
            return null;
        if (entry.Size > ParseLimits.TextBytes)
            throw new ParseLimitException($"Its text is larger than {ParseLimits.TextBytes >> 20} MB. Split it into smaller files.");
        using var content = _file.Open(entry);
        var bytes = new byte[content.Length];
        content.ReadExactly(bytes);
        return bytes;
    }
}
