using System.Buffers.Binary;
using System.Text;

namespace RagApp.Tests.Embedding;

/// <summary>Writes a graph in the format of ONNX, which is Protocol Buffers; the numbers are the fields of onnx.proto.</summary>
internal static class OnnxGraph
{
    private const int Float = 1;
    private const int Int64 = 7;

    /// <summary>A graph with one operation: the output [1, tokens, dimension] is the row of a table for each token id. Only the first input is used.</summary>
    /// <param name="table">The rows one after the other.</param>
    public static byte[] Lookup(string[] inputs, string output, float[] table, int dimension)
    {
        byte[] node = [.. Field(1, "table"), .. Field(1, inputs[0]), .. Field(2, output), .. Field(4, "Gather")];
        byte[] graph =
        [
            .. Field(1, node), .. Field(2, "tiny"), .. Field(5, Tensor("table", table, table.Length / dimension, dimension)),
            .. inputs.SelectMany(name => Field(11, Value(name, Int64, "1", "tokens"))),
            .. Field(12, Value(output, Float, "1", "tokens", $"{dimension}")),
        ];
        byte[] operators = [.. Field(1, ""), .. Field(2, 13)];
        return [.. Field(1, 8), .. Field(7, graph), .. Field(8, operators)];
    }

    private static byte[] Tensor(string name, float[] numbers, int rows, int columns)
    {
        var raw = new byte[numbers.Length * sizeof(float)];
        foreach (var (at, number) in numbers.Index())
            BinaryPrimitives.WriteSingleLittleEndian(raw.AsSpan(at * sizeof(float)), number);
        return [.. Field(1, rows), .. Field(1, columns), .. Field(2, Float), .. Field(8, name), .. Field(9, raw)];
    }

    /// <summary>The description of an input or output; a dimension that is no number is free.</summary>
    private static byte[] Value(string name, int type, params string[] dimensions)
    {
        byte[] shape = [.. dimensions.SelectMany(dimension => Field(1, int.TryParse(dimension, out var size) ? Field(1, size) : Field(2, dimension)))];
        byte[] tensor = [.. Field(1, type), .. Field(2, shape)];
        return [.. Field(1, name), .. Field(2, Field(1, tensor))];
    }

    private static byte[] Field(int number, long value) => [.. Varint(number << 3), .. Varint(value)];

    private static byte[] Field(int number, string text) => Field(number, Encoding.UTF8.GetBytes(text));

    private static byte[] Field(int number, byte[] bytes) => [.. Varint((number << 3) | 2), .. Varint(bytes.Length), .. bytes];

    private static IEnumerable<byte> Varint(long value)
    {
        for (; value > 127; value >>= 7)
            yield return (byte)(value & 127 | 128);
        yield return (byte)value;
    }
}
