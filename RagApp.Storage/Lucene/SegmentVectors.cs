using System.Runtime.CompilerServices;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace RagApp.Storage.Lucene;

/// <summary>
/// The vectors of one segment in a byte per number, those of one model one behind the other in memory: read one by one
/// from the index they are far too slow to compare. A segment never changes, so they are read once and go when it is
/// closed; the full numbers stay on disk.
/// </summary>
internal sealed class SegmentVectors
{
    /// <summary>By the segment's core, which stays the same when chunks in it are deleted or their access changes.</summary>
    private static readonly ConditionalWeakTable<object, Lazy<SegmentVectors>> Loaded = [];

    /// <summary>A model's id may come to stand for another dimension: that is another model.</summary>
    private readonly Dictionary<(string Model, int Dimension), Block> _blocks;

    private SegmentVectors(AtomicReader reader) => _blocks = Read(reader);

    /// <summary>Chunks of one model: their numbers in the segment, ascending, and of each vector the step and the multiples of it.</summary>
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
