using RagApp.Models.Errors;

namespace RagApp.Models.Pool;

/// <summary>
/// The right to make one call to a deployment with one of its keys. A call reaches a deployment only through a lease, and none can
/// be made for a deployment outside the caller's region. The call reports its outcome once; disposing a lease without an outcome
/// says that the caller gave up.
/// </summary>
public sealed class DeploymentLease : IDisposable
{
    private readonly ModelPool _pool;
    private readonly CallStart _start;
    private readonly double _tokens;
    private int _ended;

    private DeploymentLease(ModelPool pool, Upstream upstream, LeaseRequest request, CallStart start)
    {
        (_pool, Upstream, Caller, _tokens, _start) = (pool, upstream, request.Caller, request.Tokens, start);
        Deployment = upstream.Deployment;
    }

    /// <summary>Deployment to call.</summary>
    public Deployment Deployment { get; }

    /// <summary>Caller on whose behalf the call is made.</summary>
    public ModelCaller Caller { get; }

    /// <summary>Name of the model in the configuration.</summary>
    public string Model => _pool.Model;

    internal Upstream Upstream { get; }

    /// <summary>Receiver of what the provider reports of the key's limits; it may be used beyond the lease.</summary>
    internal Action<LimitReadings> LimitReceiver
    {
        get
        {
            var (pool, upstream) = (_pool, Upstream);
            return readings => pool.Learn(upstream, readings);
        }
    }

    /// <summary>Key of the deployment; empty for an endpoint without keys.</summary>
    internal string Secret => Upstream.Key.Secret;

    /// <summary>Leases the upstream; the pool's lock is held.</summary>
    /// <exception cref="InvalidOperationException">The deployment is outside the caller's region.</exception>
    internal static DeploymentLease Grant(ModelPool pool, Upstream upstream, LeaseRequest request, TimeSpan now)
    {
        if (!upstream.Deployment.Serves(request.Caller.Region))
            throw new InvalidOperationException($"The deployment {upstream.Deployment.Name} is outside the region {request.Caller.Region} of the caller.");
        return new DeploymentLease(pool, upstream, request, upstream.Enter(request.Tokens, now));
    }

    /// <summary>Says that the deployment has begun to answer, which ends its probation before the answer is complete.</summary>
    public void Answered() => _pool.Answered(Upstream, _start);

    /// <summary>Ends the call as answered.</summary>
    /// <param name="tokens">Tokens that the call used; null when they are not known.</param>
    public void Succeeded(long? tokens = null)
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
            _pool.Succeeded(Upstream, _start, Math.Max(0, _tokens - (tokens ?? _tokens)));
    }

    /// <summary>Ends the call as failed; the pool draws its conclusions for later calls.</summary>
    public void Failed(ModelException failure)
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
            _pool.Failed(Upstream, _start, failure);
    }

    /// <summary>Ends the call, when neither <see cref="Succeeded"/> nor <see cref="Failed"/> did.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
            _pool.GaveUp(Upstream, _start);
    }
}
