using Grpc.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Qdrant.Client.Grpc;
using QdrantHealth = Qdrant.Client.Grpc.Qdrant.QdrantClient;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>
/// The cluster's nodes: requests go round. One that failed is left out, unless all are, and is asked for a sign of life
/// in the background until it gives one.
/// </summary>
internal sealed class QdrantNodes : IDisposable
{
    /// <summary>A node that answered with a failure rests at least this long: cut off from the others it gives signs of life, and refuses.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    /// <summary>A node that was slow rests this long.</summary>
    private static readonly TimeSpan ShortRest = TimeSpan.FromSeconds(2);

    /// <summary>Between two tries of a node that gives none.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly ILogger<QdrantNodes> _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly QdrantNode[] _nodes;
    private readonly int[] _resting; // 1 while it rests
    private int _turn = -1;

    public QdrantNodes(IOptions<QdrantOptions> options, TimeProvider time, ILogger<QdrantNodes> logger)
    {
        (_time, _logger) = (time, logger);
        _nodes = [.. options.Value.Addresses.Select(address => new QdrantNode(address.Grpc, address.Http, options.Value.Key))];
        _resting = new int[_nodes.Length];
    }

    public IReadOnlyList<QdrantNode> All => _nodes;

    /// <summary>All nodes in the order to try them in, those that rest last.</summary>
    public QdrantNode[] InTurn()
    {
        var first = (uint)Interlocked.Increment(ref _turn) % (uint)_nodes.Length;
        return [.. Enumerable.Range(0, _nodes.Length)
            .Select(step => (int)((first + step) % _nodes.Length))
            .OrderBy(node => Volatile.Read(ref _resting[node]))
            .Select(node => _nodes[node])];
    }

    /// <summary>Whether it is left out at the moment.</summary>
    public bool IsResting(QdrantNode node) => Volatile.Read(ref _resting[Array.IndexOf(_nodes, node)]) != 0;

    /// <summary>It failed: it said so itself, or gave no answer.</summary>
    public void Failed(QdrantNode node, QdrantException failure) =>
        LeaveOut(node, failure.Code is StatusCode.DeadlineExceeded or StatusCode.Unavailable ? TimeSpan.Zero : Rest);

    /// <summary>Another one was faster, although it was asked later: it may be cut off, or wait for one that is.</summary>
    public void Slow(QdrantNode node) => LeaveOut(node, ShortRest);

    public void Dispose()
    {
        _stopping.Cancel();
        foreach (var node in _nodes)
            node.Dispose();
        _stopping.Dispose();
    }

    private void LeaveOut(QdrantNode node, TimeSpan atLeast)
    {
        var number = Array.IndexOf(_nodes, node);
        if (_nodes.Length > 1 && Interlocked.Exchange(ref _resting[number], 1) == 0 && !_stopping.IsCancellationRequested)
            _ = ReturnAsync(number, atLeast, _stopping.Token);
    }

    private async Task ReturnAsync(int number, TimeSpan atLeast, CancellationToken stopping)
    {
        try
        {
            if (atLeast > TimeSpan.Zero)
                await Task.Delay(atLeast, _time, stopping);
            for (var tries = 1; !await IsAliveAsync(_nodes[number], stopping); tries++)
            {
                if (tries == 1)
                    _logger.NodeLeftOut(_nodes[number].Address.Authority);
                await Task.Delay(Pause, _time, stopping);
            }
            Volatile.Write(ref _resting[number], 0);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The process ends.
        }
    }

    private static async Task<bool> IsAliveAsync(QdrantNode node, CancellationToken stopping)
    {
        try
        {
            var deadline = (TimeProvider.System.GetUtcNow() + Pause).UtcDateTime;
            await new QdrantHealth(node.Invoker).HealthCheckAsync(new HealthCheckRequest(), deadline: deadline, cancellationToken: stopping);
            return true;
        }
        catch (RpcException)
        {
            stopping.ThrowIfCancellationRequested();
            return false;
        }
    }
}
