using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Http;

namespace RagApp.Gateway.Draining;

/// <summary>
/// The orderly end of the gateway, before the server stops listening: 1. new requests are refused, and the gateway is not ready;
/// 2. requests in work get time to finish; 3. answers that are still being written end with an error, so that their cost is settled.
/// </summary>
internal sealed class Drain(IHostApplicationLifetime lifetime, IOptions<DrainOptions> options, TimeProvider time, ILogger<Drain> logger)
    : IHostedLifecycleService, IDisposable
{
    /// <summary>Longest wait for ended answers to send their error and to settle.</summary>
    private static readonly TimeSpan LongestSettling = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private int _open;
    private bool _hasBegun;

    public bool HasBegun
    {
        get
        {
            lock (_lock)
                return _hasBegun;
        }
    }

    /// <summary>Counts a request in; false when it must be refused.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            if (!_hasBegun)
                _open++;
            return !_hasBegun;
        }
    }

    /// <summary>Counts out a request that <see cref="TryEnter"/> has counted in.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            if (--_open == 0 && _hasBegun)
                _idle.TrySetResult();
        }
    }

    /// <summary>A token for work on an answer, which ends when the caller leaves or the time to finish is over.</summary>
    public CancellationTokenSource Link(CancellationToken callerLeft) => CancellationTokenSource.CreateLinkedTokenSource(callerLeft, _end.Token);

    /// <summary>True when work was ended by <see cref="Link"/>'s token although its caller is there.</summary>
    public bool HasEnded(CancellationToken callerLeft) => _end.IsCancellationRequested && !callerLeft.IsCancellationRequested;

    /// <summary>Passes the results of some work on; when it is ended because the time to finish is over, its last step throws a problem for the caller.</summary>
    public async IAsyncEnumerable<T> WatchAsync<T>(Func<CancellationToken, IAsyncEnumerable<T>> work, [EnumeratorCancellation] CancellationToken callerLeft)
    {
        using var either = Link(callerLeft);
        await using var results = work(either.Token).GetAsyncEnumerator(either.Token);
        while (await NextAsync())
            yield return results.Current;

        async ValueTask<bool> NextAsync()
        {
            try
            {
                return await results.MoveNextAsync();
            }
            catch (OperationCanceledException) when (HasEnded(callerLeft))
            {
                throw CutShort();
            }
        }
    }

    public static ProblemException Refused() => Restarting("Send the request again.");

    public static ProblemException CutShort() => Restarting("The answer could not be finished: ask again.");

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        lifetime.StopApplication(); // feeds end at once
        lock (_lock)
        {
            _hasBegun = true; // 1
            if (_open == 0)
                _idle.TrySetResult();
        }
        if (await IsIdleWithinAsync(options.Value.Time, cancellationToken)) // 2
            return;
        logger.TimeIsOver(options.Value.Time, _open);
        await _end.CancelAsync(); // 3
        await IsIdleWithinAsync(LongestSettling, cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _end.Dispose();

    private static ProblemException Restarting(string advice) =>
        new(HttpStatusCode.ServiceUnavailable, $"The gateway is being restarted. {advice}") { RetryAfter = TimeSpan.FromSeconds(1) };

    private async Task<bool> IsIdleWithinAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            await _idle.Task.WaitAsync(limit, time, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }
}
