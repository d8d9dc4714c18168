using Grpc.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Qdrant.Client.Grpc;
using QdrantHealth = Qdrant.Client.Grpc.Qdrant.QdrantClient;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>
/// The nodes of the cluster, used round-robin. A node that fails rests, which means that it is tried last, until a health
/// check in the background succeeds.
/// </summary>
internal sealed class QdrantNodes : IDisposable
{
    /// <summary>
    /// Least rest of a node that answered with a failure: a node that is cut off from the others passes health checks, and
    /// still refuses requests.
    /// </summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    /// <summary>Least rest of a node that was slow, or did not answer in time.</summary>
    private static readonly TimeSpan ShortRest = TimeSpan.FromSeconds(2);

    /// <summary>Time between two health checks of a resting node.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan ForTheOthers = TimeSpan.FromMilliseconds(500);

    private readonly TimeProvider _time;
    private readonly ILogger<QdrantNodes> _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly QdrantNode[] _nodes;
    private readonly Lock _one = new();
    private readonly bool[] _resting;
    private readonly long[] _until; // earliest end of each node's rest
    private int _turn = -1;

    public QdrantNodes(IOptions<QdrantOptions> options, TimeProvider time, ILogger<QdrantNodes> logger)
    {
        (_time, _logger) = (time, logger);
        _nodes = [.. options.Value.Addresses.Select(address => new QdrantNode(address.Grpc, address.Http, options.Value.Key))];
        _resting = new bool[_nodes.Length];
        _until = new long[_nodes.Length];
    }

    public IReadOnlyList<QdrantNode> All => _nodes;

    /// <summary>All nodes in the order to try them in, resting ones last.</summary>
    public QdrantNode[] InTurn()
    {
        var first = (uint)Interlocked.Increment(ref _turn) % (uint)_nodes.Length;
        return [.. Enumerable.Range(0, _nodes.Length)
            .Select(step => (int)((first + step) % _nodes.Length))
            .OrderBy(node => Volatile.Read(ref _resting[node])) // OrderBy is stable
            .Select(node => _nodes[node])];
    }

    /// <summary>True while the node rests.</summary>
    public bool IsResting(QdrantNode node) => Volatile.Read(ref _resting[Array.IndexOf(_nodes, node)]);

    /// <summary>Lets a failed node rest. An unreachable one has no least rest: it returns with its next successful health check.</summary>
    public void Failed(QdrantNode node, QdrantException failure) => LeaveOut(node, failure.Code switch
    {
        StatusCode.Unavailable => TimeSpan.Zero,
        StatusCode.DeadlineExceeded => ShortRest,
        _ => Rest,
    });

    /// <summary>Lets a node rest whose answer came after that of a node asked later: it may be cut off, or wait for a node that is.</summary>
    public void Slow(QdrantNode node) => LeaveOut(node, ShortRest);

    /// <summary>
    /// Asks every node a question that each answers from its own state, which may be empty or behind.
    /// </summary>
    /// <returns>The answers of at least half of the nodes; after the first half it waits <see cref="ForTheOthers"/> for the others.</returns>
    /// <exception cref="QdrantException">Fewer than half of the nodes answer.</exception>
    public async Task<IReadOnlyList<T>> AskAllAsync<T>(Func<QdrantNode, Task<T>> ask, CancellationToken cancellationToken)
    {
        var asked = _nodes.Select(ask).ToList();
        var waiting = asked.ToList();
        while (waiting.Count > 0 && asked.Count(task => task.IsCompletedSuccessfully) * 2 < asked.Count)
            waiting.Remove(await Task.WhenAny(waiting));
        await Task.WhenAny(Task.WhenAll(waiting), Task.Delay(ForTheOthers, _time, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();

        var answered = asked.FindAll(task => task.IsCompletedSuccessfully);
        if (answered.Count * 2 < asked.Count)
            await asked.Find(task => task.IsFaulted)!; // throws the failure
        return [.. answered.Select(task => task.Result)];
    }

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
            // The process is ending.
        }
    }

    private async Task RestAsync(int number, CancellationToken stopping)
    {
        while (_time.GetElapsedTime(_time.GetTimestamp(), Volatile.Read(ref _until[number])) is { Ticks: > 0 } left)
            await Task.Delay(left + TimeSpan.FromMilliseconds(1), _time, stopping);
    }

    /// <summary>Ends the node's rest; false when the rest was extended meanwhile.</summary>
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
