using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace RagApp.Storage.Lucene;

/// <summary>
/// A vector in a byte per number, for the first look: each number is a multiple, -127 to 127, of a step of the
/// vector's own. Stored as the step (32-bit float, little-endian) and the multiples.
/// </summary>
internal static class VectorCode
{
    private const int Most = 127;

    public static byte[] Encode(ReadOnlySpan<float> vector)
    {
        var code = new byte[sizeof(float) + vector.Length];
        BinaryPrimitives.WriteSingleLittleEndian(code, Encode(vector, MemoryMarshal.Cast<byte, sbyte>(code.AsSpan(sizeof(float)))));
        return code;
    }

    /// <summary>Writes the multiples and returns the step.</summary>
    public static float Encode(ReadOnlySpan<float> vector, Span<sbyte> multiples)
    {
        var step = vector.IsEmpty ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude(vector)) / Most;
        for (var i = 0; i < vector.Length; i++)
            multiples[i] = step == 0 ? (sbyte)0 : (sbyte)Math.Clamp(MathF.Round(vector[i] / step), -Most, Most);
        return step;
    }

    /// <summary>The step; the multiples are copied.</summary>
    public static float Decode(ReadOnlySpan<byte> code, Span<sbyte> multiples)
    {
        MemoryMarshal.Cast<byte, sbyte>(code[sizeof(float)..]).CopyTo(multiples);
        return BinaryPrimitives.ReadSingleLittleEndian(code);
    }

    /// <summary>How many numbers the vector has that was written in so many bytes.</summary>
    public static int DimensionOf(int length) => length - sizeof(float);
}
