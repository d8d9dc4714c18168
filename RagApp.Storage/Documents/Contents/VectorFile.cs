using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using RagApp.Storage.Blobs;

namespace RagApp.Storage.Documents.Contents;

/// <summary>
/// The binary file format of vectors, little-endian: the letters <c>RAGV</c>; format (1), dimension, count and length of
/// the model's id as 32-bit numbers; the id in UTF-8; the vectors as consecutive 32-bit floats; and last the SHA-256 of
/// all bytes before it.
/// </summary>
internal static class VectorFile
{
    private const int Format = 1;
    private const int HeaderLength = 20;

    /// <summary>Longest model id in bytes; a greater length in a file means damage.</summary>
    private const int MaxModelLength = 4096;

    private static ReadOnlySpan<byte> Magic => "RAGV"u8;

    /// <exception cref="ArgumentException">A vector has another dimension than stated.</exception>
    public static byte[] Write(DocumentVectors vectors)
    {
        var model = Encoding.UTF8.GetBytes(vectors.Model);
        var rowLength = checked(vectors.Dimension * sizeof(float));
        var body = checked(HeaderLength + model.Length + (rowLength * vectors.Vectors.Count));
        var bytes = new byte[body + SHA256.HashSizeInBytes];
        Magic.CopyTo(bytes);
        WriteNumber(bytes, 4, Format);
        WriteNumber(bytes, 8, vectors.Dimension);
        WriteNumber(bytes, 12, vectors.Vectors.Count);
        WriteNumber(bytes, 16, model.Length);
        model.CopyTo(bytes.AsSpan(HeaderLength));
        var offset = HeaderLength + model.Length;
        foreach (var vector in vectors.Vectors)
        {
            if (vector.Length != vectors.Dimension)
                throw new ArgumentException($"A vector has {vector.Length} numbers, the others {vectors.Dimension}.", nameof(vectors));
            WriteFloats(vector.Span, bytes.AsSpan(offset, rowLength));
            offset += rowLength;
        }
        SHA256.HashData(bytes.AsSpan(0, body), bytes.AsSpan(body));
        return bytes;
    }

    /// <exception cref="CorruptBlobException">The bytes are not what <see cref="Write"/> made.</exception>
    public static DocumentVectors Read(string key, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength + SHA256.HashSizeInBytes || !bytes.StartsWith(Magic))
            throw new CorruptBlobException(key, "it does not begin like a vector file");
        var body = bytes[..^SHA256.HashSizeInBytes];
        if (!SHA256.HashData(body).AsSpan().SequenceEqual(bytes[^SHA256.HashSizeInBytes..]))
            throw new CorruptBlobException(key, "its checksum does not match");
        var (format, dimension, count, modelLength) = (ReadNumber(body, 4), ReadNumber(body, 8), ReadNumber(body, 12), ReadNumber(body, 16));
        if (format != Format || body.Length != HeaderLength + modelLength + ((long)dimension * count * sizeof(float)))
            throw new CorruptBlobException(key, $"its format {format} or its length is unknown here");

        var model = Encoding.UTF8.GetString(body.Slice(HeaderLength, modelLength));
        var floats = new float[dimension * count];
        ReadFloats(body[(HeaderLength + modelLength)..], floats);
        var rows = Enumerable.Range(0, count).Select(row => new ReadOnlyMemory<float>(floats, row * dimension, dimension));
        return new DocumentVectors(model, dimension, [.. rows]);
    }

    /// <summary>The model of a vector file, read from its beginning only; null when the file does not begin like a vector file.</summary>
    public static async Task<string?> ReadModelAsync(Stream file, CancellationToken cancellationToken)
    {
        var header = new byte[HeaderLength];
        if (await file.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false, cancellationToken) < HeaderLength || !header.AsSpan().StartsWith(Magic))
            return null;
        var length = ReadNumber(header, 16);
        if (length is < 0 or > MaxModelLength)
            return null;
        var model = new byte[length];
        return await file.ReadAtLeastAsync(model, length, throwOnEndOfStream: false, cancellationToken) < length ? null : Encoding.UTF8.GetString(model);
    }

    /// <summary>Writes floats in the byte order of the files, little-endian, on any processor.</summary>
    public static void WriteFloats(ReadOnlySpan<float> numbers, Span<byte> bytes)
    {
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(numbers).CopyTo(bytes);
            return;
        }
        for (var i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes[(i * sizeof(float))..], numbers[i]);
    }

    /// <summary>Reads floats that <see cref="WriteFloats"/> wrote.</summary>
    public static void ReadFloats(ReadOnlySpan<byte> bytes, Span<float> numbers)
    {
        if (BitConverter.IsLittleEndian)
        {
            bytes[..(numbers.Length * sizeof(float))].CopyTo(MemoryMarshal.AsBytes(numbers));
            return;
        }
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
    }

    private static void WriteNumber(Span<byte> bytes, int offset, int number) =>
        BinaryPrimitives.WriteInt32LittleEndian(bytes[offset..], number);

    private static int ReadNumber(ReadOnlySpan<byte> bytes, int offset) =>
        BinaryPrimitives.ReadInt32LittleEndian(bytes[offset..]);
}
