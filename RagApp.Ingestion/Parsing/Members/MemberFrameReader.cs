using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RagApp.Ingestion.Parsing.Members;

/// <summary>Reads the <see cref="MemberFrame"/>s of a child that is not trusted to write them well.</summary>
internal sealed class MemberFrameReader(Stream input)
{
    private const int LongestRecord = 64 << 20;
    private const int HeaderBytes = 5;

    private readonly byte[] _header = new byte[HeaderBytes];

    /// <summary>Hands over member after member; the result that stands at the end, or null when the child was cut off before.</summary>
    public async Task<ParseResult?> ReadAllAsync(Func<DocumentMember, Stream, CancellationToken, Task> take, CancellationToken cancellationToken)
    {
        for (var count = 0; ; count++)
        {
            var (kind, length) = await ReadHeaderAsync(cancellationToken);
            if (kind == MemberFrame.End)
                return await ReadRecordAsync(length, ParsingJson.Default.ParseResult, cancellationToken);
            if (kind != MemberFrame.Begin || count == ParseLimits.Members
                || await ReadRecordAsync(length, ParsingJson.Default.DocumentMember, cancellationToken) is not { } member)
                return null;
            await HandOverAsync(member, take, cancellationToken);
        }
    }

    /// <summary>No kind when there is no more to read.</summary>
    public async ValueTask<(MemberFrame Kind, int Length)> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        if (await input.ReadAtLeastAsync(_header, HeaderBytes, throwOnEndOfStream: false, cancellationToken) < HeaderBytes)
            return default;
        var length = BinaryPrimitives.ReadInt32LittleEndian(_header.AsSpan(1));
        return length is >= 0 and <= LongestRecord ? ((MemberFrame)_header[0], length) : default;
    }

    public ValueTask<int> ReadPayloadAsync(Memory<byte> buffer, CancellationToken cancellationToken) => input.ReadAsync(buffer, cancellationToken);

    private async Task HandOverAsync(DocumentMember member, Func<DocumentMember, Stream, CancellationToken, Task> take, CancellationToken cancellationToken)
    {
        var content = new MemberContent(this, Math.Min(member.Size, ParseLimits.MemberBytes));
        try
        {
            await take(member, content, cancellationToken);
            await content.CopyToAsync(Stream.Null, cancellationToken); // what was not read
        }
        catch (Exception) when (content.IsBroken)
        {
            // the frames go on behind it, or the result says why they do not
        }
    }

    private async Task<T?> ReadRecordAsync<T>(int length, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var json = new byte[length];
        if (await input.ReadAtLeastAsync(json, length, throwOnEndOfStream: false, cancellationToken) < length)
            return null;
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
