using RagApp.Models.Errors;

namespace RagApp.Models.Pool;

/// <summary>
/// The upstreams of one model and the requests that wait for them. A request is served when it comes if nothing waits before it
/// and an upstream has room. A waiting request that does not fit yet holds back those behind it from its own upstreams only, so that
/// neither a large request nor another region is starved.
/// </summary>
internal sealed class ModelPool : IDisposable
{
    /// <summary>Shortest pause of the timer, so that rounding does not make it spin.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>Time after which it makes sense to ask again for what only another configuration allows.</summary>
    private static readonly TimeSpan Reconfigured = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly LeaseQueue _queue = new();
    private readonly PoolServices _services;
    private readonly ITimer _timer;
    private IReadOnlyList<Upstream> _upstreams = [];

    public ModelPool(string model, PoolServices services)
    {
        (Model, _services) = (model, services);
        _timer = services.Time.CreateTimer(_ => Serve(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public string Model { get; }

    /// <summary>Number of requests that wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
                return _queue.Count;
        }
    }

    private PoolOptions Options => _services.Options;

    private TimeSpan Now => _services.Now;

    public void Dispose() => _timer.Dispose();

    /// <summary>State of each deployment: that of its best key.</summary>
    public IReadOnlyList<(string Deployment, CircuitState State)> States()
    {
        lock (_lock)
        {
            return [.. _upstreams.GroupBy(upstream => upstream.Deployment.Name).Select(keys => (keys.Key, keys.Min(key => key.StateAt(Now))))];
        }
    }

    /// <summary>Breakers of all upstreams.</summary>
    public IReadOnlyList<CircuitBreaker> Breakers()
    {
        lock (_lock)
            return [.. _upstreams.Select(upstream => upstream.DeploymentBreaker).Distinct(), .. _upstreams.Select(upstream => upstream.KeyBreaker)];
    }

    /// <summary>Replaces the deployments. Upstreams that stay keep their limits and breakers, and running calls go on.</summary>
    public void Configure(IEnumerable<ConfiguredDeployment> deployments)
    {
        lock (_lock)
        {
            var breakers = _upstreams.Select(upstream => upstream.DeploymentBreaker).Distinct().ToDictionary(breaker => breaker.Id);
            _upstreams = [.. deployments.SelectMany(configured => UpstreamsOf(configured, breakers))];
        }
        Serve();
    }

    /// <summary>Leases an upstream, at once or after a wait.</summary>
    /// <param name="wait">Longest wait.</param>
    /// <returns>Null when the request was tried on every upstream that it allows.</returns>
    /// <exception cref="ModelException">
    /// Busy: the wait would be longer. Unavailable: every upstream is out of service. Refused: the caller may use none.
    /// </exception>
    public async ValueTask<DeploymentLease?> LeaseAsync(LeaseRequest request, TimeSpan wait, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (_lock)
        {
            var now = Now;
            if (_queue.IsEmptyUpTo(request.Caller.Priority) && PickingPolicy.Pick(_upstreams, request, now) is { } upstream)
                return DeploymentLease.Grant(this, upstream, request, now);
            if (!AllowedBy(request, out var allowed))
                return null;
            ThrowUnlessWorthWaiting(request, allowed, wait, now);
            _queue.Add(waiter = new Waiter(request));
        }
        Serve();
        return await GrantedAsync(waiter, wait, cancellationToken);
    }

    public void Answered(Upstream upstream, CallStart start)
    {
        lock (_lock)
            upstream.Succeed(start);
        Serve();
    }

    /// <param name="unused">Tokens that were taken from the limit and not used.</param>
    public void Succeeded(Upstream upstream, CallStart start, double unused)
    {
        lock (_lock)
        {
            upstream.Succeed(start);
            upstream.GiveBack(unused, Now);
        }
        _services.Telemetry.Attempted(Model, upstream.Deployment.Name, Telemetry.Outcomes.Answered);
        Exit(upstream, start);
    }

    public void Failed(Upstream upstream, CallStart start, ModelException failure)
    {
        (CircuitBreaker Breaker, TimeSpan Pause)? opened;
        lock (_lock)
            opened = upstream.Fail(start, failure, Options, Now);
        if (opened is { } circuit)
            _services.Opened(Model, upstream, circuit.Breaker, circuit.Pause);
        _services.Telemetry.Attempted(Model, upstream.Deployment.Name, Telemetry.OutcomeOf(failure.Error));
        Exit(upstream, start);
    }

    public void GaveUp(Upstream upstream, CallStart start)
    {
        _services.Telemetry.Attempted(Model, upstream.Deployment.Name, Telemetry.Outcomes.Cancelled);
        Exit(upstream, start);
    }

    /// <summary>Takes over what a provider reports of a key's limits.</summary>
    public void Learn(Upstream upstream, LimitReadings readings)
    {
        lock (_lock)
            upstream.Learn(readings, Now);
    }

    /// <summary>Takes over a pause that another replica announced.</summary>
    public void Follow(CircuitBreaker breaker, TimeSpan pause, ModelError cause)
    {
        lock (_lock)
            breaker.Follow(pause, cause, Now);
    }

    private List<Upstream> UpstreamsOf(ConfiguredDeployment configured, Dictionary<string, CircuitBreaker> breakers)
    {
        var deployment = configured.Deployment;
        var id = DeploymentKey.Hash($"{deployment.Provider}|{deployment.Endpoint}|{deployment.Model}");
        if (!breakers.TryGetValue(id, out var breaker))
            breakers.Add(id, breaker = new CircuitBreaker(id));
        var upstreams = new List<Upstream>();
        foreach (var (index, secret) in configured.Keys.Index())
        {
            var upstream = _upstreams.FirstOrDefault(known => known.IsSame(deployment, secret))
                ?? new Upstream(deployment, new DeploymentKey(index + 1, secret), breaker);
            upstream.Configure(deployment, Now);
            upstreams.Add(upstream);
        }
        return upstreams;
    }

    /// <summary>Finds the upstreams of a request; false when it was tried on all of them.</summary>
    private bool AllowedBy(LeaseRequest request, out List<Upstream> allowed)
    {
        allowed = [.. _upstreams.Where(request.Allows)];
        if (allowed.Count > 0)
            return true;
        if (_upstreams.Any(request.MayUse))
            return false;
        if (_upstreams.Any(upstream => upstream.Deployment.Serves(request.Caller.Region)))
            throw new ModelException(ModelError.Unsuitable, $"The model {Model} has no deployment that takes this request: change it, or use another model.");
        throw request.Caller.Region is { } region
            ? new ModelException(
                ModelError.OutOfRegion,
                $"The model {Model} has no deployment in the region {region}, which the text must not leave: the operator adds one whose setting Region is '{region}'.") { RetryAfter = Reconfigured }
            : new ModelException(ModelError.Refused, $"The model {Model} has no deployment any more: choose another model.");
    }

    private void ThrowUnlessWorthWaiting(LeaseRequest request, List<Upstream> allowed, TimeSpan wait, TimeSpan now)
    {
        var estimate = WaitEstimate.Of(allowed, request, _queue.UpTo(request.Caller.Priority), now);
        if (allowed.TrueForAll(upstream => IsOut(upstream, now)))
            throw Refuse(Telemetry.Causes.OutOfService, ModelError.Unavailable, "The model provider is out of service for the moment. Try again.", estimate);
        if (estimate > wait)
            throw Refuse(Telemetry.Causes.TooLong, ModelError.Busy, "All deployments of the model are at their limits. Try again later.", estimate);
        if (_queue.Count >= Options.MaxWaiting)
            throw Refuse(Telemetry.Causes.QueueFull, ModelError.Busy, "Too many requests wait for the model. Try again later.", estimate);
    }

    /// <summary>True while the upstream pauses for another reason than a limit; waiting for that would mostly be in vain.</summary>
    private static bool IsOut(Upstream upstream, TimeSpan now) =>
        upstream.StateAt(now) == CircuitState.Open && upstream.PausingBreaker(now).Cause != ModelError.RateLimited;

    private ModelException Refuse(string cause, ModelError error, string message, TimeSpan estimate)
    {
        _services.Telemetry.Refused(Model, cause);
        var seconds = Math.Max(1, Math.Ceiling(estimate.TotalSeconds));
        return new ModelException(error, message) { RetryAfter = TimeSpan.FromSeconds(seconds) };
    }

    private async Task<DeploymentLease?> GrantedAsync(Waiter waiter, TimeSpan wait, CancellationToken cancellationToken)
    {
        var began = Now;
        try
        {
            return await waiter.Granted.WaitAsync(wait, _services.Time, cancellationToken);
        }
        catch (TimeoutException)
        {
            if (Withdraw(waiter) is not { } late)
                return await waiter.Granted;
            throw Refuse(Telemetry.Causes.TooLong, ModelError.Busy, "All deployments of the model are at their limits. Try again later.", late);
        }
        catch (OperationCanceledException)
        {
            if (Withdraw(waiter) is null)
                (await waiter.Granted).Dispose();
            throw;
        }
        finally
        {
            _services.Telemetry.Waited(Model, waiter.Request.Caller.Priority, Now - began);
        }
    }

    /// <summary>Takes a request out of the queue, and estimates what it would still have to wait; null when it has its lease.</summary>
    private TimeSpan? Withdraw(Waiter waiter)
    {
        TimeSpan estimate;
        lock (_lock)
        {
            if (!_queue.Remove(waiter))
                return null;
            estimate = AllowedBy(waiter.Request, out var allowed)
                ? WaitEstimate.Of(allowed, waiter.Request, _queue.UpTo(waiter.Request.Caller.Priority), Now)
                : TimeSpan.Zero;
        }
        Serve();
        return estimate;
    }

    private void Exit(Upstream upstream, CallStart start)
    {
        lock (_lock)
            upstream.Exit(start);
        Serve();
    }

    /// <summary>Serves the waiting requests that fit, and sets the timer for the next one.</summary>
    private void Serve()
    {
        lock (_lock)
        {
            if (_queue.Count == 0)
                return;
            var now = Now;
            var free = _upstreams.ToList();
            var pause = LongestPause;
            _queue.Serve(waiter =>
            {
                if (PickingPolicy.Pick(free, waiter.Request, now) is { } upstream)
                {
                    waiter.Grant(DeploymentLease.Grant(this, upstream, waiter.Request, now));
                    return true;
                }
                // No pause means that a probe runs; its end serves the queue.
                foreach (var ready in free.Where(waiter.Request.Allows).Select(held => held.WaitFor(waiter.Request.Tokens, now)).Where(ready => ready > TimeSpan.Zero))
                    pause = ready < pause ? ready : pause;
                free.RemoveAll(waiter.Request.Allows);
                return false;
            });
            if (_queue.Count > 0)
                _timer.Change(pause > ShortestPause ? pause : ShortestPause, Timeout.InfiniteTimeSpan);
        }
    }
}
