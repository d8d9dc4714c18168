using System.Net.Http.Headers;
using Microsoft.Extensions.Time.Testing;
using RagApp.Models.Pool;
using RagApp.Models.Providers.Http;

namespace RagApp.Tests.Models.Pool;

/// <summary>The token bucket of a limit, and the headers that correct it.</summary>
public sealed class RateLimitTests
{
    private static readonly TimeSpan Start = TimeSpan.Zero;

    [Fact]
    public void WaitFor_WithoutALimit_IsNothing()
    {
        var limit = new RateLimit(perMinute: null);
        limit.Take(1_000_000, Start);

        limit.WaitFor(1_000_000, Start).ShouldBe(TimeSpan.Zero);
        limit.Used(Start).ShouldBe(0);
    }

    [Fact]
    public void WaitFor_UsedUp_IsTheTimeUntilItFillsAgain()
    {
        var limit = new RateLimit(perMinute: 60);
        limit.Take(60, Start);

        limit.HasRoom(1, Start).ShouldBeFalse();
        limit.WaitFor(3, Start).ShouldBe(TimeSpan.FromSeconds(3));
        limit.HasRoom(3, TimeSpan.FromSeconds(3)).ShouldBeTrue();
        limit.Available(TimeSpan.FromHours(1)).ShouldBe(60);
    }

    [Fact]
    public void WaitFor_MoreThanTheLimit_IsUntilTheLimitIsWhole()
    {
        var limit = new RateLimit(perMinute: 60);
        limit.Take(30, Start);

        limit.WaitFor(1000, Start).ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Learn_LessRemainingThanCounted_IsBelieved()
    {
        var limit = new RateLimit(perMinute: null);

        limit.Learn(new LimitReading(600, 2, TimeSpan.FromSeconds(59.8)), Start);

        limit.Available(Start).ShouldBe(2);
        limit.WaitFor(4, Start).TotalSeconds.ShouldBe(0.2, 0.001);
    }

    [Fact]
    public void Learn_MoreRemainingThanCounted_IsNotBelieved()
    {
        var limit = new RateLimit(perMinute: 60);
        limit.Take(50, Start);

        limit.Learn(new LimitReading(60, 58, TimeSpan.FromSeconds(2)), Start);

        limit.Available(Start).ShouldBe(10);
    }

    [Fact]
    public void Learn_LimitPerDay_FillsAsSlowly()
    {
        var limit = new RateLimit(perMinute: null);

        limit.Learn(new LimitReading(200, 0, TimeSpan.FromDays(1)), Start);

        limit.WaitFor(1, Start).TotalSeconds.ShouldBe(432, 0.1);
    }

    [Theory]
    [InlineData("6m0s", 360)]
    [InlineData("1h2m3.5s", 3723.5)]
    [InlineData("12ms", 0.012)]
    [InlineData("45", 45)]
    [InlineData("", 0)]
    public void DurationOf_AsProvidersWriteIt_IsRead(string text, double seconds) =>
        RateLimitHeaders.DurationOf(text).ShouldNotBeNull().TotalSeconds.ShouldBe(seconds, 0.0001);

    [Theory]
    [InlineData("soon")]
    [InlineData("3 weeks")]
    [InlineData("1e9s")]
    public void DurationOf_AnythingElse_IsNone(string text) => RateLimitHeaders.DurationOf(text).ShouldBeNull();

    [Fact]
    public void Read_OpenAIsHeaders_AreBothLimits()
    {
        var readings = RateLimitHeaders.Read(
            Headers(
                ("x-ratelimit-limit-requests", "60"), ("x-ratelimit-remaining-requests", "59"), ("x-ratelimit-reset-requests", "1s"),
                ("x-ratelimit-limit-tokens", "150000"), ("x-ratelimit-remaining-tokens", "149984"), ("x-ratelimit-reset-tokens", "6ms")),
            TimeProvider.System).ShouldNotBeNull();

        readings.Requests.ShouldBe(new LimitReading(60, 59, TimeSpan.FromSeconds(1)));
        readings.Tokens.ShouldBe(new LimitReading(150_000, 149_984, TimeSpan.FromMilliseconds(6)));
    }

    [Fact]
    public void Read_AnthropicsHeaders_AreBothLimits()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var readings = RateLimitHeaders.Read(
            Headers(
                ("anthropic-ratelimit-requests-limit", "50"), ("anthropic-ratelimit-requests-remaining", "0"),
                ("anthropic-ratelimit-requests-reset", "2026-01-01T00:00:30Z"), ("anthropic-ratelimit-input-tokens-remaining", "7000")),
            time).ShouldNotBeNull();

        readings.Requests.ShouldBe(new LimitReading(50, 0, TimeSpan.FromSeconds(30)));
        readings.Tokens.ShouldBe(new LimitReading(Limit: null, 7000, Reset: null));
    }

    [Fact]
    public void Read_WithoutLimits_IsNone() => RateLimitHeaders.Read(Headers(("date", "Thu, 01 Jan 2026 00:00:00 GMT")), TimeProvider.System).ShouldBeNull();

    [Theory]
    [InlineData("retry-after-ms", "1500", 1.5)]
    [InlineData("Retry-After", "30", 30)]
    [InlineData("Retry-After", "Thu, 01 Jan 2026 00:01:00 GMT", 60)]
    public void RetryAfterOf_EachForm_IsTheWait(string name, string value, double seconds)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

        ProviderErrors.RetryAfterOf(Headers((name, value)), time).ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public void RetryAfterOf_Absurd_IsNone() => ProviderErrors.RetryAfterOf(Headers(("Retry-After", "99999999999")), TimeProvider.System).ShouldBeNull();

    private static HttpResponseHeaders Headers(params (string Name, string Value)[] headers)
    {
        using var response = new HttpResponseMessage();
        foreach (var (name, value) in headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return response.Headers;
    }
}
