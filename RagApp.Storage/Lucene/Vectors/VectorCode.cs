using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace RagApp.Storage.Lucene.Vectors;

/// <summary>
/// Scalar quantization of a vector to one byte per number: each number becomes a multiple, -127 to 127, of the vector's own
/// step. The stored form is the step (32-bit float, little-endian) and the multiples.
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

    /// <summary>Quantizes a vector: writes the multiples and returns the step.</summary>
    public static float Encode(ReadOnlySpan<float> vector, Span<sbyte> multiples)
    {
        var step = vector.IsEmpty ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude(vector)) / Most;
        for (var i = 0; i < vector.Length; i++)
            multiples[i] = step == 0 ? (sbyte)0 : (sbyte)Math.Clamp(MathF.Round(vector[i] / step), -Most, Most);
        return step;
    }

    /// <summary>Reads a quantized vector: copies the multiples and returns the step.</summary>
    public static float Decode(ReadOnlySpan<byte> code, Span<sbyte> multiples)
    {
        MemoryMarshal.Cast<byte, sbyte>(code[sizeof(float)..]).CopyTo(multiples);
        return BinaryPrimitives.ReadSingleLittleEndian(code);
    }

    /// <summary>Dimension of a quantized vector of this length in bytes.</summary>
    public static int DimensionOf(int length) => length - sizeof(float);

    /// <summary>The vector scaled to length one, so that a dot product is the cosine similarity; a zero vector stays zero.</summary>
    /// <exception cref="ArgumentException">A number of the vector is infinite or not a number.</exception>
    public static float[] OfLengthOne(ReadOnlySpan<float> vector)
    {
        var length = TensorPrimitives.Norm(vector);
        if (!float.IsFinite(length))
            throw new ArgumentException("A vector holds a number that is infinite or not a number.", nameof(vector));
        var scaled = vector.ToArray();
        if (length > 0)
            TensorPrimitives.Divide(scaled, length, scaled);
        return scaled;
    }
}
