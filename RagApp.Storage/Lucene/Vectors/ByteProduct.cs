using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RagApp.Storage.Lucene.Vectors;

/// <summary>
/// The dot product of a question vector (16-bit numbers from -127 to 127) and a chunk vector of signed bytes, with the
/// widest vector instructions of the processor. All variants give the same result, since the arithmetic is in integers.
/// </summary>
internal static class ByteProduct
{
    public static int Of(ReadOnlySpan<short> question, ReadOnlySpan<sbyte> vector)
    {
        if (Avx512BW.IsSupported)
            return With512Bits(question, vector);
        return Avx2.IsSupported ? With256Bits(question, vector) : With128Bits(question, vector);
    }

    internal static int With512Bits(ReadOnlySpan<short> question, ReadOnlySpan<sbyte> vector)
    {
        var sum = Vector512<int>.Zero;
        var at = 0;
        for (; at <= vector.Length - Vector256<sbyte>.Count; at += Vector256<sbyte>.Count)
        {
            var wide = Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref At(vector, at)));
            sum += Avx512BW.MultiplyAddAdjacent(wide, Vector512.LoadUnsafe(ref At(question, at)));
        }
        return Vector512.Sum(sum) + OneByOne(question[at..], vector[at..]);
    }

    internal static int With256Bits(ReadOnlySpan<short> question, ReadOnlySpan<sbyte> vector)
    {
        var sum = Vector256<int>.Zero;
        var at = 0;
        for (; at <= vector.Length - Vector128<sbyte>.Count; at += Vector128<sbyte>.Count)
        {
            var wide = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref At(vector, at)));
            sum += Avx2.MultiplyAddAdjacent(wide, Vector256.LoadUnsafe(ref At(question, at)));
        }
        return Vector256.Sum(sum) + OneByOne(question[at..], vector[at..]);
    }

    /// <summary>Works on every processor. A product of two such numbers fits in 16 bits, a sum of products does not.</summary>
    internal static int With128Bits(ReadOnlySpan<short> question, ReadOnlySpan<sbyte> vector)
    {
        var sum = Vector128<int>.Zero;
        var at = 0;
        for (; at <= vector.Length - Vector128<sbyte>.Count; at += Vector128<sbyte>.Count)
        {
            var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref At(vector, at)));
            var (first, second) = Vector128.Widen(low * Vector128.LoadUnsafe(ref At(question, at)));
            var (third, fourth) = Vector128.Widen(high * Vector128.LoadUnsafe(ref At(question, at + Vector128<short>.Count)));
            sum += first + second + third + fourth;
        }
        return Vector128.Sum(sum) + OneByOne(question[at..], vector[at..]);
    }

    internal static int OneByOne(ReadOnlySpan<short> question, ReadOnlySpan<sbyte> vector)
    {
        var sum = 0;
        for (var i = 0; i < vector.Length; i++)
            sum += question[i] * vector[i];
        return sum;
    }

    private static ref T At<T>(ReadOnlySpan<T> numbers, int at) => ref Unsafe.Add(ref MemoryMarshal.GetReference(numbers), at);
}
