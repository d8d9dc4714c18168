using System.Numerics.Tensors;
using Lucene.Net.Index;

namespace RagApp.Storage.Lucene;

/// <summary>The nearest chunks by cosine: every vector that may be read is compared, none is guessed.</summary>
internal sealed class VectorScan(IndexReader reader, ReadOnlySpan<float> vector, string model, AllowedChunks allowed)
{
    private readonly float[] _query = ChunkDocument.OfLengthOne(vector);

    /// <summary>Best first; equal ones in the order of the index.</summary>
    public List<(int Chunk, double Score)> Nearest(int limit)
    {
        var best = new PriorityQueue<int, (float Score, int Order)>(limit + 1);
        foreach (var segment in reader.Leaves)
        {
            if (SegmentVectors.Of(segment.AtomicReader).Find(model, _query.Length) is not { } block)
                continue;
            var open = allowed.In(segment);
            for (var row = 0; row < block.Chunks.Length; row++)
            {
                if (!open.Get(block.Chunks[row]))
                    continue;
                var score = TensorPrimitives.Dot(_query, block.Vectors.AsSpan(row * _query.Length, _query.Length));
                if (best.Count == limit && best.TryPeek(out _, out var worst) && score <= worst.Score)
                    continue;
                var chunk = segment.DocBase + block.Chunks[row];
                best.Enqueue(chunk, (score, -chunk));
                if (best.Count > limit)
                    best.Dequeue();
            }
        }
        return InOrder(best);
    }

    /// <summary>The cosine of each of these chunks that has a vector of the model.</summary>
    public List<(int Chunk, double Score)> Score(IReadOnlyList<int> chunks)
    {
        var scored = new List<(int, double)>(chunks.Count);
        foreach (var chunk in chunks)
        {
            var segment = reader.Leaves[ReaderUtil.SubIndex(chunk, reader.Leaves)];
            if (SegmentVectors.Of(segment.AtomicReader).Find(model, _query.Length) is not { } block)
                continue;
            var row = Array.BinarySearch(block.Chunks, chunk - segment.DocBase);
            if (row >= 0)
                scored.Add((chunk, Math.Clamp(TensorPrimitives.Dot(_query, block.Vectors.AsSpan(row * _query.Length, _query.Length)), -1f, 1f)));
        }
        return scored;
    }

    private static List<(int Chunk, double Score)> InOrder(PriorityQueue<int, (float Score, int Order)> best)
    {
        var found = new List<(int, double)>(best.Count);
        while (best.TryDequeue(out var chunk, out var priority))
            found.Add((chunk, Math.Clamp(priority.Score, -1f, 1f)));
        found.Reverse();
        return found;
    }
}
