namespace RagApp.Tests.TestServices.Qdrant;

/// <summary>Several stand-in nodes that share one database, each at its own address.</summary>
internal sealed class QdrantCluster : IAsyncDisposable
{
    private readonly List<QdrantStandIn> _nodes = [];

    public StandInDatabase Database { get; } = new();

    public IReadOnlyList<QdrantStandIn> Nodes => _nodes;

    /// <summary>gRPC addresses of all nodes, separated by commas.</summary>
    public string Addresses => string.Join(',', _nodes.Select(node => node.Address));

    public static async Task<QdrantCluster> StartAsync(int nodes, CancellationToken cancellationToken)
    {
        var cluster = new QdrantCluster();
        for (var number = 0; number < nodes; number++)
            await QdrantStandIn.StartAsync(cluster.Database, cluster._nodes, cancellationToken);
        return cluster;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
    }
}
