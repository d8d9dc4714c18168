using System.Collections.Frozen;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace RagApp.Storage.Qdrant.Client;

/// <summary>
/// Sends each call to a node that answers. A read goes to further nodes when the first one fails or is slow, and the first
/// answer is returned; a not-found answer needs a majority of the nodes, since a single node may be empty or behind. A write
/// is retried with back-off, on one node after another, until it succeeds or its deadline passes: a failed write may have
/// reached some shards only, and replicas then differ until the same write succeeds. Failures are a
/// <see cref="QdrantException"/>.
/// </summary>
internal sealed class FailoverInvoker(QdrantNodes nodes, IOptions<QdrantOptions> options, TimeProvider time, ILogger<FailoverInvoker> logger) : CallInvoker
{
    /// <summary>
    /// Wait before a second node gets the same read. A resting node gets it after three times this wait, so that slow nodes get
    /// no extra load.
    /// </summary>
    private static readonly TimeSpan HedgingDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest wait for reads that no person waits for: scans of the index, and descriptions of collections.</summary>
    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);

    /// <summary>Reads that a person waits for.</summary>
    private static readonly FrozenSet<string> Questions = new[]
    {
        "/qdrant.Points/QueryBatch", "/qdrant.Points/Count",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Other reads.</summary>
    private static readonly FrozenSet<string> Walks = new[]
    {
        "/qdrant.Points/Scroll", "/qdrant.Points/Facet",
        "/qdrant.Collections/Get", "/qdrant.Collections/List", "/qdrant.Collections/CollectionClusterInfo",
        "/qdrant.Qdrant/HealthCheck",
    }.ToFrozenSet(StringComparer.Ordinal);

    private readonly QdrantOptions _options = options.Value;

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var answer = Questions.Contains(method.FullName) ? ReadAsync(method, request, _options.ReadTimeout, options.CancellationToken)
            : Walks.Contains(method.FullName) ? ReadAsync(method, request, LongestRead, options.CancellationToken)
            : WriteAsync(method, request, options.CancellationToken);
        return new AsyncUnaryCall<TResponse>(answer, Task.FromResult(Metadata.Empty), () => Status.DefaultSuccess, () => Metadata.Empty, () => { });
    }

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        throw new NotSupportedException();

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw new NotSupportedException();

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) => throw new NotSupportedException();

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) => throw new NotSupportedException();

    private async Task<TResponse> ReadAsync<TRequest, TResponse>(
        Method<TRequest, TResponse> method, TRequest request, TimeSpan limit, CancellationToken cancellationToken)
        where TRequest : class
        where TResponse : class
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var began = time.GetTimestamp();
        var left = new Queue<QdrantNode>(nodes.InTurn());
        var asked = new List<(QdrantNode Node, Task<TResponse> Answer)>();
        var absent = 0;
        QdrantException? last = null;
        try
        {
            while (true)
            {
                if (left.TryDequeue(out var next))
                    asked.Add((next, AskAsync(next, method, request, limit - time.GetElapsedTime(began), stop.Token)));
                else if (asked.Count == 0)
                    throw last!;
                if (await FirstAsync(asked.Select(one => one.Answer), DelayBefore(left), stop.Token) is not { } first)
                    continue; // slow: the next node is asked as well
                var position = asked.FindIndex(one => one.Answer == first);
                if (await TryAsync(first) is not { } failure)
                {
                    foreach (var (slow, _) in asked.Take(position))
                        nodes.Slow(slow);
                    return await first;
                }
                if (failure.IsNotFound && ++absent * 2 > nodes.All.Count)
                    throw failure;
                if (last is not { IsTransient: true } || failure.IsTransient)
                    last = failure;
                asked.RemoveAt(position);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    private async Task<TResponse> WriteAsync<TRequest, TResponse>(Method<TRequest, TResponse> method, TRequest request, CancellationToken cancellationToken)
        where TRequest : class
        where TResponse : class
    {
        var began = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await AskAsync(nodes.InTurn()[0], method, request, _options.WriteTimeout, cancellationToken);
            }
            catch (QdrantException exception) when (exception.IsTransient && time.GetElapsedTime(began) < _options.WriteDeadline)
            {
                logger.WriteRepeated(method.FullName, attempt, exception.Message);
            }
            await Task.Delay(PauseAfter(attempt), time, cancellationToken);
        }
    }

    private async Task<TResponse> AskAsync<TRequest, TResponse>(
        QdrantNode node, Method<TRequest, TResponse> method, TRequest request, TimeSpan limit, CancellationToken cancellationToken)
        where TRequest : class
        where TResponse : class
    {
        try
        {
            using var call = node.Invoker.AsyncUnaryCall(method, host: null, new CallOptions(deadline: QdrantNode.DeadlineIn(limit), cancellationToken: cancellationToken), request);
            return await call.ResponseAsync;
        }
        catch (RpcException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var failure = QdrantErrors.Of(exception, node.Address, method.FullName, limit);
            if (failure.IsTransient)
                nodes.Failed(node, failure);
            throw failure;
        }
    }

    private TimeSpan DelayBefore(Queue<QdrantNode> left) =>
        !left.TryPeek(out var next) ? Timeout.InfiniteTimeSpan : nodes.IsResting(next) ? 3 * HedgingDelay : HedgingDelay;

    /// <summary>The first of these tasks to end, with or without success; null when none ends in time.</summary>
    private async Task<Task<TResponse>?> FirstAsync<TResponse>(IEnumerable<Task<TResponse>> answers, TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.WhenAny(answers).WaitAsync(limit, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    /// <summary>The failure when another node may succeed; null for an answer. Other failures are thrown.</summary>
    private static async Task<QdrantException?> TryAsync(Task answer)
    {
        try
        {
            await answer;
            return null;
        }
        catch (QdrantException exception) when (exception.IsTransient || exception.IsNotFound)
        {
            return exception;
        }
    }

    /// <summary>Exponential back-off with jitter, which spreads the retries of many callers.</summary>
    private static TimeSpan PauseAfter(int attempt)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(attempt, 10) - 1);
        return (pause < LongestPause ? pause : LongestPause) * (0.5 + (Random.Shared.NextDouble() / 2));
    }
}
