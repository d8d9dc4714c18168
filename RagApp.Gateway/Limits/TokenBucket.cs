using System.Runtime.InteropServices;

namespace RagApp.Gateway.Limits;

/// <summary>
/// A bucket of tokens, of which each request takes one; one minute fills an empty bucket. Times are milliseconds, and a time before the
/// last one adds nothing.
/// </summary>
/// <param name="Tokens">Tokens at <paramref name="At"/>, with fractions.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TokenBucket(double Tokens, long At)
{
    private const double Minute = 60_000;

    /// <summary>The bucket at a later time, with what came in meanwhile.</summary>
    public TokenBucket Until(long now, int capacity) =>
        new(Math.Min(capacity, Tokens + (Math.Max(0, now - At) * capacity / Minute)), Math.Max(now, At));

    /// <summary>Time until the bucket has a token.</summary>
    public static TimeSpan WaitFor(double tokens, int capacity) => TimeSpan.FromMilliseconds(Math.Max(0, 1 - tokens) * Minute / capacity);

    /// <summary>Time until the bucket is full.</summary>
    public static TimeSpan FillTime(double tokens, int capacity) => TimeSpan.FromMilliseconds((capacity - tokens) * Minute / capacity);
}

/// <summary>A bucket after a request.</summary>
/// <param name="Allowed">True when a token was there.</param>
/// <param name="Tokens">Tokens that are left, with fractions.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Taken(bool Allowed, double Tokens);
