namespace RagApp.Storage.Qdrant.Client;

/// <summary>The cluster's addresses: requests go round, and a node that failed rests for a while unless all have.</summary>
internal sealed class QdrantNodes(Uri[] addresses, TimeProvider time)
{
    /// <summary>A node that comes back is asked again this soon.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    private readonly long[] _failedAt = new long[addresses.Length]; // timestamps; 0 for never
    private int _turn = -1;

    public IReadOnlyList<Uri> All => addresses;

    /// <summary>All nodes in the order to try them in.</summary>
    public Uri[] InTurn()
    {
        var first = (uint)Interlocked.Increment(ref _turn) % (uint)addresses.Length;
        return [.. Enumerable.Range(0, addresses.Length)
            .Select(step => (int)((first + step) % addresses.Length))
            .OrderBy(IsResting)
            .Select(node => addresses[node])];
    }

    public void Failed(Uri address) => Volatile.Write(ref _failedAt[Array.IndexOf(addresses, address)], Math.Max(1, time.GetTimestamp()));

    public void Answered(Uri address) => Volatile.Write(ref _failedAt[Array.IndexOf(addresses, address)], 0);

    private bool IsResting(int node) =>
        Volatile.Read(ref _failedAt[node]) is not 0 and var failed && time.GetElapsedTime(failed) < Rest;
}
