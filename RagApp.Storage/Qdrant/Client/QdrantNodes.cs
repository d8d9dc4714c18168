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

    /// <summary>A node that was slow, or gave no answer in time, rests this long.</summary>
    private static readonly TimeSpan ShortRest = TimeSpan.FromSeconds(2);

    /// <summary>Between two tries of a node that gives none.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly ILogger<QdrantNodes> _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly QdrantNode[] _nodes;
    private readonly Lock _one = new();
    private readonly bool[] _resting;
    private readonly long[] _until; // a node that rests does so at least until then
    private int _turn = -1;

    public QdrantNodes(IOptions<QdrantOptions> options, TimeProvider time, ILogger<QdrantNodes> logger)
    {
        (_time, _logger) = (time, logger);
        _nodes = [.. options.Value.Addresses.Select(address => new QdrantNode(address.Grpc, address.Http, options.Value.Key))];
        _resting = new bool[_nodes.Length];
        _until = new long[_nodes.Length];
    }

    public IReadOnlyList<QdrantNode> All => _nodes;

    /// <summary>All nodes in the order to try them in, those that rest last.</summary>
    public QdrantNode[] InTurn()
    {
        var first = (uint)Interlocked.Increment(ref _turn) % (uint)_nodes.Length;
        return [.. Enumerable.Range(0, _nodes.Length)
            .Select(step => (int)((first + step) % _nodes.Length))
            .OrderBy(node => Volatile.Read(ref _resting[node])) // stable
            .Select(node => _nodes[node])];
    }

    /// <summary>Whether it is left out at the moment.</summary>
    public bool IsResting(QdrantNode node) => Volatile.Read(ref _resting[Array.IndexOf(_nodes, node)]);

    /// <summary>It failed: it said so itself, gave no answer in time, or could not be reached, which is tried again at once.</summary>
    public void Failed(QdrantNode node, QdrantException failure) => LeaveOut(node, failure.Code switch
    {
        StatusCode.Unavailable => TimeSpan.Zero,
        StatusCode.DeadlineExceeded => ShortRest,
        _ => Rest,
    });

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
        if (_nodes.Length == 1)
            return;
        var number = Array.IndexOf(_nodes, node);
        lock (_one)
        {
            _until[number] = Math.Max(_until[number], _time.GetTimestamp() + (long)(atLeast.TotalSeconds * _time.TimestampFrequency));
            if (_resting[number] || _stopping.IsCancellationRequested)
                return;
            _resting[number] = true;
        }
        _ = ReturnAsync(number, _stopping.Token);
    }

    private async Task ReturnAsync(int number, CancellationToken stopping)
    {
        try
        {
            var isKnown = false;
            do
            {
                await RestAsync(number, stopping);
                while (!await IsAliveAsync(_nodes[number], stopping))
                {
                    if (!isKnown && (isKnown = true))
                        _logger.NodeLeftOut(_nodes[number].Address.Authority);
                    await Task.Delay(Pause, _time, stopping);
                }
            }
            while (!TryReturn(number));
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The process ends.
        }
    }

    private async Task RestAsync(int number, CancellationToken stopping)
    {
        while (_time.GetElapsedTime(_time.GetTimestamp(), Volatile.Read(ref _until[number])) is { Ticks: > 0 } left)
            await Task.Delay(left + TimeSpan.FromMilliseconds(1), _time, stopping);
    }

    /// <summary>False when it has been told to rest longer meanwhile.</summary>
    private bool TryReturn(int number)
    {
        lock (_one)
        {
            _resting[number] = _until[number] > _time.GetTimestamp();
            return !_resting[number];
        }
    }

    private static async Task<bool> IsAliveAsync(QdrantNode node, CancellationToken stopping)
    {
        try
        {
            await new QdrantHealth(node.Invoker).HealthCheckAsync(new HealthCheckRequest(), deadline: QdrantNode.DeadlineIn(Pause), cancellationToken: stopping);
            return true;
        }
        catch (RpcException)
        {
            stopping.ThrowIfCancellationRequested();
            return false;
        }
    }
}
