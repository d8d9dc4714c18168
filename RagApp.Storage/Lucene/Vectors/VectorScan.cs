using System.Numerics.Tensors;
using Lucene.Net.Index;
using Lucene.Net.Util;
using RagApp.Storage.Documents.Contents;
using RagApp.Storage.Lucene.Access;

namespace RagApp.Storage.Lucene.Vectors;

/// <summary>
/// Finds the nearest chunks by cosine similarity with an exhaustive scan: the quantized form of every allowed vector is
/// compared, and the best ones are compared again with their exact vectors.
/// </summary>
internal sealed class VectorScan
{
    /// <summary>Factor by which more chunks are compared exactly than are returned, since quantized scores may have another order.</summary>
    private const int Oversampling = 2;

    private readonly IndexReader _reader;
    private readonly string _model;
    private readonly float[] _query;
    private readonly short[] _multiples;

    public VectorScan(IndexReader reader, ReadOnlySpan<float> vector, string model)
    {
        (_reader, _model, _query) = (reader, model, VectorCode.OfLengthOne(vector));
        var multiples = new sbyte[_query.Length];
        VectorCode.Encode(_query, multiples);
        _multiples = Array.ConvertAll(multiples, multiple => (short)multiple);
    }

    /// <summary>The nearest allowed chunks, best first; equal scores are in the order of the index.</summary>
    public List<(int Chunk, double Score)> Nearest(int limit, AllowedChunks allowed)
    {
        var first = new BestChunks(limit * Oversampling);
        foreach (var segment in _reader.Leaves)
        {
            if (SegmentVectors.Of(segment.AtomicReader).Find(_model, _query.Length) is { } block)
                Scan(block, allowed.In(segment), segment.DocBase, first);
        }
        var best = new BestChunks(limit);
        foreach (var (chunk, score) in Score([.. first.InOrder().Select(found => found.Chunk).Order()]))
            best.Offer(chunk, score);
        return best.InOrder();
    }

    /// <summary>
    /// The exact cosine similarities of those of these chunks that have a vector of the model. <paramref name="chunks"/> are in
    /// ascending order.
    /// </summary>
    public List<(int Chunk, double Score)> Score(IReadOnlyList<int> chunks)
    {
        var scored = new List<(int, double)>(chunks.Count);
        var (value, numbers) = (new BytesRef(), new float[_query.Length]);
        foreach (var inSegment in chunks.GroupBy(chunk => ReaderUtil.SubIndex(chunk, _reader.Leaves)))
        {
            var segment = _reader.Leaves[inSegment.Key];
            if (SegmentVectors.Of(segment.AtomicReader).Find(_model, _query.Length) is not { } block)
                continue;
            var vectors = segment.AtomicReader.GetBinaryDocValues(Fields.Vector);
            foreach (var chunk in inSegment.Where(chunk => Array.BinarySearch(block.Chunks, chunk - segment.DocBase) >= 0))
            {
                vectors.Get(chunk - segment.DocBase, value);
                VectorFile.ReadFloats(value.Bytes.AsSpan(value.Offset, value.Length), numbers);
                scored.Add((chunk, Math.Clamp(TensorPrimitives.Dot(_query, numbers), -1f, 1f)));
            }
        }
        return scored;
    }

    private void Scan(SegmentVectors.Block block, FixedBitSet open, int offset, BestChunks best)
    {
        var words = open.GetBits();
        for (var row = 0; row < block.Chunks.Length; row++)
        {
            var chunk = block.Chunks[row];
            if (((words[chunk >> 6] >> chunk) & 1) == 0)
                continue;
            var score = block.Steps[row] * ByteProduct.Of(_multiples, block.Multiples.AsSpan(row * _query.Length, _query.Length));
            if (score > best.Least)
                best.Offer(offset + chunk, score);
        }
    }
}
