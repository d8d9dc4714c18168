using System.Numerics.Tensors;
using Lucene.Net.Index;

namespace RagApp.Storage.Lucene;

/// <summary>The nearest chunks by cosine: every vector that may be read is compared, none is guessed.</summary>
internal static class VectorScan
{
    /// <summary>Best first; equal ones in the order of the index.</summary>
    public static List<(int Chunk, double Score)> Nearest(
        IndexReader reader, ReadOnlySpan<float> vector, string model, int limit, AllowedChunks allowed)
    {
        var query = ChunkDocument.OfLengthOne(vector);
        var best = new PriorityQueue<int, (float Score, int Order)>(limit + 1);
        foreach (var segment in reader.Leaves)
        {
            if (SegmentVectors.Of(segment.AtomicReader).Find(model, query.Length) is not { } block)
                continue;
            var open = allowed.In(segment);
            for (var row = 0; row < block.Chunks.Length; row++)
            {
                if (!open.Get(block.Chunks[row]))
                    continue;
                var score = TensorPrimitives.Dot(query, block.Vectors.AsSpan(row * query.Length, query.Length));
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

    private static List<(int Chunk, double Score)> InOrder(PriorityQueue<int, (float Score, int Order)> best)
    {
        var found = new List<(int, double)>(best.Count);
        while (best.TryDequeue(out var chunk, out var priority))
            found.Add((chunk, Math.Clamp(priority.Score, -1f, 1f)));
        found.Reverse();
        return found;
    }
}
