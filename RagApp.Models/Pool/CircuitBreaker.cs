using RagApp.Models.Errors;

namespace RagApp.Models.Pool;

/// <summary>
/// Keeps calls away from a deployment or key that fails. It opens after a number of failures in a row, for a pause that doubles
/// from one opening to the next. After the pause one call is let through to probe: its success closes the breaker, its failure
/// opens it again. Times are those of the pool's clock.
/// </summary>
/// <param name="id">Id that replicas with the same deployment or key have in common; it reveals neither.</param>
internal sealed class CircuitBreaker(string id)
{
    private int _failures;
    private int _openings;
    private bool _probing;
    private TimeSpan? _openUntil;

    public string Id => id;

    /// <summary>Number of openings so far. A call that began before the last opening says nothing about the time after it.</summary>
    public int Generation { get; private set; }

    /// <summary>Reason of the last opening.</summary>
    public ModelError Cause { get; private set; }

    public CircuitState StateAt(TimeSpan now) => _openUntil is not { } until ? CircuitState.Closed
        : now < until ? CircuitState.Open
        : CircuitState.HalfOpen;

    public bool Admits(TimeSpan now) => StateAt(now) is CircuitState.Closed || (StateAt(now) is CircuitState.HalfOpen && !_probing);

    /// <summary>Remaining pause; zero when it is over or there is none.</summary>
    public TimeSpan PauseAt(TimeSpan now) => _openUntil is { } until && until > now ? until - now : TimeSpan.Zero;

    /// <summary>Lets a call through, and returns the generation that its outcome belongs to.</summary>
    public int Enter()
    {
        _probing |= _openUntil is not null;
        return Generation;
    }

    /// <summary>Ends a call without an outcome.</summary>
    public void Leave(int generation)
    {
        if (generation == Generation)
            _probing = false;
    }

    /// <summary>Closes the breaker after a successful call.</summary>
    public void Succeed(int generation)
    {
        if (generation == Generation)
            (_failures, _openings, _probing, _openUntil) = (0, 0, false, null);
    }

    /// <summary>Counts a failed call, and returns the pause when the breaker opens.</summary>
    /// <param name="rule">Failures that open the breaker, and the pauses.</param>
    /// <param name="asked">Pause that the provider asked for; null when it named none.</param>
    public TimeSpan? Fail(int generation, ModelError error, PauseRule rule, TimeSpan? asked, TimeSpan now)
    {
        if (generation != Generation)
            return null;
        if (++_failures < rule.Failures && _openUntil is null && asked is null)
            return null;
        var pause = asked ?? rule.PauseOf(_openings);
        _openings++;
        Open(pause, error, now);
        return pause;
    }

    /// <summary>Takes over a pause that another replica announced.</summary>
    public void Follow(TimeSpan pause, ModelError error, TimeSpan now)
    {
        if (pause > PauseAt(now))
            Open(pause, error, now);
    }

    private void Open(TimeSpan pause, ModelError error, TimeSpan now)
    {
        Generation++;
        Cause = error;
        (_probing, _openUntil) = (false, now + pause);
    }
}
