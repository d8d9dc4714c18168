namespace RagApp.Storage.Lucene;

/// <summary>
/// Keeps the chunks with the highest scores. Chunks are offered in ascending order of their numbers; of equal scores the first
/// are kept.
/// </summary>
internal sealed class BestChunks(int limit)
{
    private readonly PriorityQueue<int, (double Score, int Order)> _worstFirst = new();

    /// <summary>Score that a chunk must exceed to be kept; negative infinity until the limit is reached.</summary>
    public double Least { get; private set; } = double.NegativeInfinity;

    public void Offer(int chunk, double score)
    {
        if (score <= Least)
            return;
        if (_worstFirst.Count < limit)
            _worstFirst.Enqueue(chunk, (score, -chunk));
        else
            _worstFirst.DequeueEnqueue(chunk, (score, -chunk));
        if (_worstFirst.Count == limit && _worstFirst.TryPeek(out _, out var worst))
            Least = worst.Score;
    }

    /// <summary>The kept chunks, best first.</summary>
    public List<(int Chunk, double Score)> InOrder() =>
        [.. _worstFirst.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => (item.Element, item.Priority.Score))];
}
