using System.Runtime.CompilerServices;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace RagApp.Storage.Lucene.Vectors;

/// <summary>
/// The quantized vectors of one segment, one byte per number, in memory and contiguous by model: reading them from the
/// index one by one is far too slow for a scan. A segment never changes, so they are read once, and released when it is
/// closed; the exact vectors stay on disk.
/// </summary>
internal sealed class SegmentVectors
{
    /// <summary>Vectors by the segment's core, which stays the same when chunks are deleted or their access changes.</summary>
    private static readonly ConditionalWeakTable<object, Lazy<SegmentVectors>> Loaded = [];

    /// <summary>Vectors by model and dimension: the same id with another dimension is another model.</summary>
    private readonly Dictionary<(string Model, int Dimension), Block> _blocks;

    private SegmentVectors(AtomicReader reader) => _blocks = Read(reader);

    /// <summary>
    /// Chunks of one model: their numbers in the segment, ascending, and for each vector its step and its multiples
    /// (<see cref="VectorCode"/>).
    /// </summary>
    internal sealed record Block(int[] Chunks, float[] Steps, sbyte[] Multiples);

    public static SegmentVectors Of(AtomicReader segment) =>
        Loaded.GetValue(segment.CoreCacheKey, _ => new Lazy<SegmentVectors>(() => new SegmentVectors(segment))).Value;

    public Block? Find(string model, int dimension) => _blocks.GetValueOrDefault((model, dimension));

    private static Dictionary<(string Model, int Dimension), Block> Read(AtomicReader reader)
    {
        var models = reader.GetSortedDocValues(Fields.Model);
        var codes = reader.GetBinaryDocValues(Fields.VectorCode);
        if (models is null || codes is null)
            return [];
        var value = new BytesRef();
        var names = Enumerable.Range(0, models.ValueCount).Select(ordinal =>
        {
            models.LookupOrd(ordinal, value);
            return value.Utf8ToString();
        }).ToArray();

        var chunksByKind = Enumerable.Range(0, reader.MaxDoc).GroupBy(chunk =>
        {
            codes.Get(chunk, value);
            return (names[models.GetOrd(chunk)], VectorCode.DimensionOf(value.Length));
        });
        return chunksByKind.ToDictionary(kind => kind.Key, kind => ReadBlock([.. kind], kind.Key.Item2, codes));
    }

    private static Block ReadBlock(int[] chunks, int dimension, BinaryDocValues codes)
    {
        var steps = new float[chunks.Length];
        var multiples = GC.AllocateUninitializedArray<sbyte>(checked(chunks.Length * dimension));
        var value = new BytesRef();
        for (var row = 0; row < chunks.Length; row++)
        {
            codes.Get(chunks[row], value);
            steps[row] = VectorCode.Decode(value.Bytes.AsSpan(value.Offset, value.Length), multiples.AsSpan(row * dimension, dimension));
        }
        return new Block(chunks, steps, multiples);
    }
}
