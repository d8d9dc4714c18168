using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RagApp.Parsing;
using RagApp.Parsing.Members;

namespace RagApp.Ingestion.Parsing.Members;

/// <summary>Reads the <see cref="MemberFrame"/>s of a child, which may be wrong or hostile.</summary>
internal sealed class MemberFrameReader(Stream input)
{
    private const int LongestRecord = 64 << 20;
    private const int HeaderBytes = 5;

    private readonly byte[] _header = new byte[HeaderBytes];

    /// <summary>Passes on every member, and returns the result at the end; null when the child's output breaks off before it.</summary>
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

    /// <summary>
    /// Reads a frame's header; the length is in bytes. The kind is 0, which no frame has, when the input has ended or the
    /// length is out of range.
    /// </summary>
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
            await content.CopyToAsync(Stream.Null, cancellationToken); // skip the bytes that were not read
        }
        catch (Exception) when (content.IsBroken)
        {
            // the next frames follow, or the result gives the reason for the end
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
