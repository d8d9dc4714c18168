using RagApp.Models.Errors;

namespace RagApp.Models.Pool;

/// <summary>The attempts of one call on different deployments and keys.</summary>
internal sealed class Attempts<T>(
    DeploymentPool pool, string model, ModelCaller caller, long tokens, Func<Deployment, bool>? suits,
    Func<DeploymentLease, CancellationToken, Task<T>> attempt, Func<T, ValueTask> discard)
{
    private readonly List<DeploymentLease> _tried = [];
    private int _attempts;

    private PoolOptions Options => pool.Services.Options;

    public async Task<T> RunAsync(CancellationToken cancellationToken)
    {
        var deadline = pool.Services.Now + Options.WaitOf(caller);
        var lease = await LeaseAsync(Options.WaitOf(caller), cancellationToken);
        while (true)
        {
            try
            {
                return await HedgedAsync(lease!, cancellationToken);
            }
            catch (ModelException failure) when (failure.AnotherMayAnswer && _attempts < Options.MaxAttempts)
            {
                lease = await NextAsync(failure, deadline, cancellationToken);
                if (lease is null)
                    throw;
            }
        }
    }

    private ValueTask<DeploymentLease?> LeaseAsync(TimeSpan wait, CancellationToken cancellationToken) =>
        pool.LeaseAsync(model, caller, tokens, _tried, suits, wait, cancellationToken);

    /// <summary>Leases what was not tried yet, or waits for a limit; null when nothing is left that may be waited for.</summary>
    private async Task<DeploymentLease?> NextAsync(ModelException failure, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var failed = _tried[^1].Deployment.Name;
        var left = deadline - pool.Services.Now;
        try
        {
            if (await LeaseAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellationToken) is { } next)
            {
                pool.Services.Telemetry.FailedOver(model, failed, failure.Error);
                return next;
            }
            if (failure.Error != ModelError.RateLimited || !(failure.RetryAfter <= left))
                return null;
            _tried.Clear();
            return await LeaseAsync(deadline - pool.Services.Now, cancellationToken);
        }
        catch (ModelException)
        {
            return null; // the first failure says more than that the others are busy
        }
    }

    /// <summary>Makes an attempt, and a second one beside it when the first is slow and the options say so; the faster answer counts.</summary>
    private async Task<T> HedgedAsync(DeploymentLease lease, CancellationToken cancellationToken)
    {
        if (Options.HedgeAfter is not { } delay || caller.Priority != ModelPriority.Interactive)
            return await AttemptAsync(lease, cancellationToken);

        // The sources live as long as the answers, which may be streams; they end with the caller's token.
        var firstStop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = AttemptAsync(lease, firstStop.Token);
        var slow = Task.Delay(delay, pool.Services.Time, cancellationToken);
        if (await Task.WhenAny(first, slow) == first || await SecondAsync(cancellationToken) is not { } other)
            return await first;

        var secondStop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var second = AttemptAsync(other, secondStop.Token);
        var faster = await Task.WhenAny(first, second);
        var (slower, stop) = faster == first ? (second, secondStop) : (first, firstStop);
        if (!faster.IsCompletedSuccessfully)
            return await slower;
        await stop.CancelAsync();
        _ = DiscardAsync(slower);
        return await faster;
    }

    /// <summary>Leases a second deployment if one has room at once.</summary>
    private async Task<DeploymentLease?> SecondAsync(CancellationToken cancellationToken)
    {
        try
        {
            var lease = await LeaseAsync(TimeSpan.Zero, cancellationToken);
            if (lease is not null)
                pool.Services.Telemetry.Hedged(model);
            return lease;
        }
        catch (ModelException)
        {
            return null;
        }
    }

    private async Task<T> AttemptAsync(DeploymentLease lease, CancellationToken cancellationToken)
    {
        _tried.Add(lease);
        _attempts++;
        try
        {
            return await attempt(lease, cancellationToken);
        }
        catch (ModelException failure)
        {
            lease.Failed(failure);
            throw;
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    private async Task DiscardAsync(Task<T> slower)
    {
        try
        {
            await discard(await slower);
        }
        catch (Exception exception) when (exception is ModelException or OperationCanceledException)
        {
            // The answer is not needed, and so its failure is not either; the lease knows it.
        }
    }
}
