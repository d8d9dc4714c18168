namespace RagApp.Storage.Lucene;

/// <summary>The best so many of the chunks that are offered, in ascending order of their numbers: of equal ones the first stay.</summary>
internal sealed class BestChunks(int limit)
{
    private readonly PriorityQueue<int, (double Score, int Order)> _worstFirst = new();

    /// <summary>What a chunk must surpass; below every score while there is room.</summary>
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

    /// <summary>Best first.</summary>
    public List<(int Chunk, double Score)> InOrder() =>
        [.. _worstFirst.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => (item.Element, item.Priority.Score))];
}
