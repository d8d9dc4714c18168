namespace RagApp.Models.Pool;

/// <summary>
/// A limit per minute, as a token bucket: it holds the amount of one minute and fills up continuously. What the provider reports
/// about the limit corrects it downwards, because other replicas use the same limit. Times are those of the pool's clock.
/// </summary>
/// <param name="perMinute">Configured limit; null when only the provider knows one.</param>
internal sealed class RateLimit(double? perMinute)
{
    private const double SecondsPerMinute = 60;

    /// <summary>Part of an amount that may be missing, because amounts are added up in floating-point numbers.</summary>
    private const double Tolerance = 1e-6;

    private double? _configured = perMinute;
    private double? _reported;
    private double? _slowRate;
    private double _available = perMinute ?? double.PositiveInfinity;
    private TimeSpan _filledAt;

    private double Capacity => Math.Min(_configured ?? double.PositiveInfinity, _reported ?? double.PositiveInfinity);

    private bool IsLimited => !double.IsPositiveInfinity(Capacity);

    /// <summary>Amount that is added in one second.</summary>
    public double PerSecond => IsLimited ? Math.Min(_slowRate ?? double.PositiveInfinity, Capacity / SecondsPerMinute) : double.PositiveInfinity;

    public double Available(TimeSpan now)
    {
        Fill(now);
        return _available;
    }

    /// <summary>Used share of the limit, 0 to 1; 0 without a limit.</summary>
    public double Used(TimeSpan now) => IsLimited ? Math.Clamp(1 - (Available(now) / Capacity), 0, 1) : 0;

    public bool HasRoom(double amount, TimeSpan now) => WaitFor(amount, now) == TimeSpan.Zero;

    /// <summary>Time until <paramref name="amount"/> is there, or the whole limit when the amount is larger.</summary>
    public TimeSpan WaitFor(double amount, TimeSpan now)
    {
        var lacking = Math.Min(amount, Capacity) - Available(now);
        return lacking <= Tolerance * Math.Max(1, amount) ? TimeSpan.Zero : TimeSpan.FromSeconds(lacking / PerSecond);
    }

    public void Take(double amount, TimeSpan now) => _available = Available(now) - amount;

    /// <summary>Gives back a part of what was taken that the call did not use.</summary>
    public void GiveBack(double amount, TimeSpan now) => _available = Math.Min(Capacity, Available(now) + amount);

    /// <summary>Replaces the configured limit.</summary>
    public void Configure(double? perMinute, TimeSpan now)
    {
        if (perMinute == _configured)
            return;
        Fill(now);
        _configured = perMinute;
        _available = Math.Min(_available, Capacity);
    }

    /// <summary>Takes over what the provider reports.</summary>
    public void Learn(LimitReading reading, TimeSpan now)
    {
        Fill(now);
        if (reading.Limit is > 0)
            _reported = reading.Limit;
        _available = Math.Min(_available, Math.Min(Capacity, reading.Remaining ?? double.PositiveInfinity));
        _slowRate = SlowRateOf(reading);
    }

    /// <summary>
    /// The rate at which a limit over more than a minute fills up, such as a limit per day: what is used of it, over the time until
    /// it is whole. Null for a limit per minute, whose rate is known more exactly from its size.
    /// </summary>
    private static double? SlowRateOf(LimitReading reading)
    {
        if (reading is not { Limit: > 0, Remaining: not null, Reset: { } reset } || reset < TimeSpan.FromSeconds(2))
            return null;
        var rate = (reading.Limit.Value - reading.Remaining.Value) / reset.TotalSeconds;
        return rate > 0 && rate < reading.Limit.Value / SecondsPerMinute / 2 ? rate : null;
    }

    private void Fill(TimeSpan now)
    {
        if (IsLimited && now > _filledAt)
            _available = Math.Min(Capacity, _available + ((now - _filledAt).TotalSeconds * PerSecond));
        _filledAt = now;
    }
}
