using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using RagApp.Models.Pool;

namespace RagApp.Models.Providers.Http;

/// <summary>
/// Reads the headers by which providers report a key's limits: OpenAI's and Azure's <c>x-ratelimit-remaining-requests: 59</c> with
/// <c>x-ratelimit-reset-requests: 1m2.5s</c>, and Anthropic's <c>anthropic-ratelimit-requests-remaining: 59</c> with
/// <c>anthropic-ratelimit-requests-reset: 2026-01-27T12:00:30Z</c>.
/// </summary>
internal static class RateLimitHeaders
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    private static readonly (string Unit, double Seconds)[] Units = [("ms", 0.001), ("us", 0.000001), ("µs", 0.000001), ("s", 1), ("m", 60), ("h", 3600), ("d", 86_400)];

    /// <returns>Null when the provider reports no limits.</returns>
    public static LimitReadings? Read(HttpResponseHeaders headers, TimeProvider time)
    {
        var requests = OpenAI(headers, "requests") ?? Anthropic(headers, "requests", time);
        var tokens = OpenAI(headers, "tokens") ?? Anthropic(headers, "tokens", time) ?? Anthropic(headers, "input-tokens", time);
        return requests is null && tokens is null ? null : new LimitReadings(requests ?? Nothing, tokens ?? Nothing);
    }

    private static LimitReading Nothing { get; } = new(Limit: null, Remaining: null, Reset: null);

    private static LimitReading? OpenAI(HttpResponseHeaders headers, string kind) => Reading(
        NumberOf(headers, $"x-ratelimit-limit-{kind}"),
        NumberOf(headers, $"x-ratelimit-remaining-{kind}"),
        ValueOf(headers, $"x-ratelimit-reset-{kind}") is { } reset ? DurationOf(reset) : null);

    private static LimitReading? Anthropic(HttpResponseHeaders headers, string kind, TimeProvider time) => Reading(
        NumberOf(headers, $"anthropic-ratelimit-{kind}-limit"),
        NumberOf(headers, $"anthropic-ratelimit-{kind}-remaining"),
        DateTimeOffset.TryParse(
            ValueOf(headers, $"anthropic-ratelimit-{kind}-reset"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var reset)
            ? reset - time.GetUtcNow()
            : null);

    private static LimitReading? Reading(double? limit, double? remaining, TimeSpan? reset) =>
        limit is null && remaining is null ? null : new LimitReading(limit, remaining, reset);

    private static double? NumberOf(HttpResponseHeaders headers, string name) =>
        double.TryParse(ValueOf(headers, name), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? ValueOf(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.First() : null;

    /// <summary>The time of <c>6m0s</c>, <c>1h2m3.5s</c>, <c>12ms</c>, or a plain number of seconds; null for anything else.</summary>
    internal static TimeSpan? DurationOf(string text)
    {
        var rest = text.AsSpan().Trim();
        var seconds = 0.0;
        while (rest.Length > 0)
        {
            var digits = rest.IndexOfAnyExcept(Digits);
            if (!double.TryParse(digits < 0 ? rest : rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
                return null;
            rest = digits < 0 ? [] : rest[digits..];
            var (length, factor) = UnitAt(rest);
            if (factor == 0)
                return null;
            seconds += amount * factor;
            rest = rest[length..];
        }
        return seconds < TimeSpan.FromDays(366).TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static (int Length, double Seconds) UnitAt(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return (0, 1);
        foreach (var (unit, seconds) in Units)
        {
            if (text.StartsWith(unit, StringComparison.Ordinal))
                return (unit.Length, seconds);
        }
        return (0, 0);
    }
}
