using System.Globalization;
using System.Runtime.InteropServices;
using RagApp.Models.Errors;

namespace RagApp.Models.Pool;

/// <summary>
/// One key of a deployment, with its limits, its breaker and the number of its running calls. The pool of the model guards it by
/// its lock.
/// </summary>
internal sealed class Upstream(Deployment deployment, DeploymentKey key, CircuitBreaker deploymentBreaker)
{
    /// <summary>Number of steps in which the used share of a limit is compared; a finer comparison would send tenants from one to the other.</summary>
    private const int UseSteps = 4;

    private readonly RateLimit _requests = new(deployment.RequestsPerMinute);
    private readonly RateLimit _tokens = new(deployment.TokensPerMinute);

    public Deployment Deployment { get; private set; } = deployment;

    public DeploymentKey Key => key;

    /// <summary>Breaker that the keys of the deployment share.</summary>
    public CircuitBreaker DeploymentBreaker => deploymentBreaker;

    public CircuitBreaker KeyBreaker { get; } = new($"{deploymentBreaker.Id}:{key.Fingerprint}");

    public int InFlight { get; private set; }

    /// <summary>Running calls in relation to the weight.</summary>
    public double Load => InFlight / Deployment.Weight;

    public bool Admits(TimeSpan now) => DeploymentBreaker.Admits(now) && KeyBreaker.Admits(now);

    public CircuitState StateAt(TimeSpan now) =>
        (CircuitState)Math.Max((int)DeploymentBreaker.StateAt(now), (int)KeyBreaker.StateAt(now));

    /// <summary>The breaker with the longer pause.</summary>
    public CircuitBreaker PausingBreaker(TimeSpan now) => DeploymentBreaker.PauseAt(now) >= KeyBreaker.PauseAt(now) ? DeploymentBreaker : KeyBreaker;

    public bool HasRoom(double tokens, TimeSpan now) => _requests.HasRoom(1, now) && _tokens.HasRoom(tokens, now);

    /// <summary>Time until a call of this size fits into the limits and no pause stands against it.</summary>
    public TimeSpan WaitFor(double tokens, TimeSpan now) =>
        new[] { _requests.WaitFor(1, now), _tokens.WaitFor(tokens, now), PausingBreaker(now).PauseAt(now) }.Max();

    /// <summary>Used share of the fuller limit, in steps.</summary>
    public int UsedSteps(TimeSpan now) => (int)(Math.Max(_requests.Used(now), _tokens.Used(now)) * UseSteps);

    public CallStart Enter(double tokens, TimeSpan now)
    {
        InFlight++;
        _requests.Take(1, now);
        _tokens.Take(tokens, now);
        return new CallStart(DeploymentBreaker.Enter(), KeyBreaker.Enter());
    }

    public void Succeed(CallStart start)
    {
        DeploymentBreaker.Succeed(start.DeploymentGeneration);
        KeyBreaker.Succeed(start.KeyGeneration);
    }

    /// <summary>Opens the breaker that the failure concerns, if it is time to; returns the opened breaker and its pause.</summary>
    public (CircuitBreaker Breaker, TimeSpan Pause)? Fail(CallStart start, ModelException failure, PoolOptions options, TimeSpan now)
    {
        if (failure.Error is ModelError.RateLimited or ModelError.Unauthorized)
            return KeyBreaker.Fail(start.KeyGeneration, failure.Error, options.KeyRule, failure.RetryAfter, now) is { } keyPause ? (KeyBreaker, keyPause) : null;
        if (failure.AnotherMayAnswer)
            return DeploymentBreaker.Fail(start.DeploymentGeneration, failure.Error, options.DeploymentRule, failure.RetryAfter, now) is { } pause ? (DeploymentBreaker, pause) : null;
        Succeed(start);
        return null;
    }

    public void Exit(CallStart start)
    {
        InFlight--;
        DeploymentBreaker.Leave(start.DeploymentGeneration);
        KeyBreaker.Leave(start.KeyGeneration);
    }

    public void GiveBack(double tokens, TimeSpan now) => _tokens.GiveBack(tokens, now);

    public void Learn(LimitReadings readings, TimeSpan now)
    {
        _requests.Learn(readings.Requests, now);
        _tokens.Learn(readings.Tokens, now);
    }

    /// <summary>Room for calls of the queue: requests, tokens, and what is added per second.</summary>
    public Capacity CapacityAt(TimeSpan now) =>
        new(_requests.Available(now), _requests.PerSecond, _tokens.Available(now), _tokens.PerSecond);

    public void Configure(Deployment changed, TimeSpan now)
    {
        Deployment = changed;
        _requests.Configure(changed.RequestsPerMinute, now);
        _tokens.Configure(changed.TokensPerMinute, now);
    }

    /// <summary>True when calls in both use the same connection and key, so that the state is kept when the configuration changes.</summary>
    public bool IsSame(Deployment other, string secret) =>
        Deployment.Name == other.Name && Deployment.Provider == other.Provider && Deployment.Endpoint == other.Endpoint
        && Deployment.Model == other.Model && Deployment.Timeout == other.Timeout && Deployment.MaxContextTokens == other.MaxContextTokens
        && Key.Secret == secret;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Deployment.Name}, {Key}");
}

/// <summary>Generations of the breakers at the beginning of a call.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CallStart(int DeploymentGeneration, int KeyGeneration);

/// <summary>Room within the limits of a key, and what is added per second.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Capacity(double Requests, double RequestsPerSecond, double Tokens, double TokensPerSecond);
