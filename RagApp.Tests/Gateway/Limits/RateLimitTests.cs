using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using RagApp.Gateway.Limits;
using RagApp.Tests.TestServices;
using StackExchange.Redis;

namespace RagApp.Tests.Gateway.Limits;

/// <summary>Rate limits at the gateway, counted by one replica or, in Redis, by two.</summary>
public sealed class RateLimitTests(SharedRedis redis) : IClassFixture<SharedRedis>
{
    [Fact]
    public async Task Request_OverThePrincipalsLimit_Is429WithHeadersAndOthersGoOn()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, settings: ["--RateLimits:PerPrincipal=3"]);
        using var alice = gateway.Client();
        using var bob = gateway.Client("demo-bob");

        for (var left = 2; left >= 0; left--)
        {
            using var response = await alice.GetAsync("v1/me", Cancellation);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            response.Headers.GetValues("RateLimit-Policy").Single().ShouldContain("\"principal\";q=3;w=60");
            response.Headers.GetValues("RateLimit").Single().ShouldContain(string.Create(CultureInfo.InvariantCulture, $"\"principal\";r={left};t="));
        }
        using var refused = await alice.GetAsync("v1/me", Cancellation);
        using var other = await bob.GetAsync("v1/me", Cancellation);

        var problem = await refused.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, Cancellation);
        problem.Detail.ShouldNotBeNull().ShouldContain("more than 3 requests a minute from you");
        refused.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldNotBeNull().ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));
        refused.Headers.GetValues("RateLimit").Single().ShouldContain("\"principal\";r=0");
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Request_OverTheAddressLimit_Is429ForEveryoneThereButHealthChecksPass()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, settings: ["--RateLimits:PerAddress=2"]);
        using var alice = gateway.Client();
        using var nobody = gateway.Client(key: null);
        for (var i = 0; i < 2; i++)
            (await alice.GetAsync("v1/me", Cancellation)).Dispose();

        using var refused = await nobody.GetAsync("v1/me", Cancellation);
        using var health = await nobody.GetAsync("health", Cancellation);

        await refused.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, Cancellation);
        health.StatusCode.ShouldBe(HttpStatusCode.OK);
        health.Headers.Contains("RateLimit").ShouldBeFalse();
    }

    [Fact]
    public async Task Request_ForwardedBy_CountsForThePersonOnlyBehindATrustedProxy()
    {
        await using var trusting = await GatewayUnderTest.StartAsync(Cancellation, settings: ["--RateLimits:PerAddress=1", "--RateLimits:TrustedProxies:0=127.0.0.0/8"]);
        await using var plain = await GatewayUnderTest.StartAsync(Cancellation, settings: ["--RateLimits:PerAddress=1"]);

        (await ForwardedAsync(trusting, "192.0.2.1")).ShouldBe(HttpStatusCode.OK);
        (await ForwardedAsync(trusting, "192.0.2.2")).ShouldBe(HttpStatusCode.OK);
        (await ForwardedAsync(trusting, "192.0.2.1")).ShouldBe(HttpStatusCode.TooManyRequests);
        (await ForwardedAsync(plain, "192.0.2.1")).ShouldBe(HttpStatusCode.OK);
        (await ForwardedAsync(plain, "192.0.2.2")).ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Build_WithAProxyThatIsNoNetwork_StopsTheStart()
    {
        var start = () => GatewayUnderTest.StartAsync(Cancellation, settings: ["--RateLimits:TrustedProxies:0=the ingress"]);

        (await start.ShouldThrowAsync<OptionsValidationException>()).Message.ShouldContain("RateLimits:TrustedProxies has 'the ingress'");
    }

    [Fact]
    public async Task SignIn_ManyDifferentKeysFail_NextOnesAreRefusedWhileKnownPeopleGoOn()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, settings: ["--RateLimits:FailedSignIns=1"]);
        (await StatusAsync(gateway, "demo-alice")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(gateway, "guess-1")).ShouldBe(HttpStatusCode.Unauthorized);

        (await StatusAsync(gateway, "guess-2")).ShouldBe(HttpStatusCode.TooManyRequests);
        (await StatusAsync(gateway, "demo-bob")).ShouldBe(HttpStatusCode.TooManyRequests); // a right guess shows as little as a wrong one
        (await StatusAsync(gateway, "demo-alice")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task SignIn_OneWrongKeyAgainAndAgain_CountsOnce()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(Cancellation, settings: ["--RateLimits:FailedSignIns=2"]);
        for (var i = 0; i < 10; i++)
            (await StatusAsync(gateway, "revoked-long-ago")).ShouldBe(HttpStatusCode.Unauthorized);

        (await StatusAsync(gateway, "demo-bob")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Take_TwoReplicas_ShareABucketInRedis()
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Server.ConnectionString);
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50));
        var (one, other) = (Limiter(connection, time), Limiter(connection, time));

        var taken = new List<bool>();
        for (var i = 0; i < 6; i++)
            taken.Add((await (i % 2 == 0 ? one : other).TakeAsync(LimitKind.Principal, "acme\nshared", capacity: 4)).Allowed);
        time.Advance(TimeSpan.FromSeconds(15)); // a quarter of a minute fills a quarter of the bucket

        taken.ShouldBe([true, true, true, true, false, false]);
        (await one.TakeAsync(LimitKind.Principal, "acme\nshared", capacity: 4, look: true)).Allowed.ShouldBeTrue();
        (await one.TakeAsync(LimitKind.Principal, "acme\nshared", capacity: 4)).Allowed.ShouldBeTrue();
        (await other.TakeAsync(LimitKind.Principal, "acme\nshared", capacity: 4)).Allowed.ShouldBeFalse();
    }

    [Fact]
    public async Task Take_OfALargeBucket_AsksRedisForSeveralTokensAndNeverForTooMany()
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Server.ConnectionString);
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50));
        var (one, other) = (Limiter(connection, time), Limiter(connection, time));

        var allowed = 0;
        for (var i = 0; i < 7_000; i++)
            allowed += (await (i % 2 == 0 ? one : other).TakeAsync(LimitKind.Principal, "acme\nbusy", capacity: 6_000)).Allowed ? 1 : 0;
        var left = await one.TakeAsync(LimitKind.Principal, "acme\nbusy", capacity: 6_000, look: true);

        allowed.ShouldBe(6_000);
        left.Allowed.ShouldBeFalse();
    }

    [Fact]
    public async Task Take_BurstOfALargeBucket_IsNotRefusedWhileTokensAreLeft()
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Server.ConnectionString);
        var limiter = Limiter(connection, new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50)));

        var taken = await Task.WhenAll(Enumerable.Range(0, 6_000).Select(_ => limiter.TakeAsync(LimitKind.Principal, "acme\nburst", capacity: 6_000)));

        taken.ShouldAllBe(one => one.Allowed);
        (await limiter.TakeAsync(LimitKind.Principal, "acme\nburst", capacity: 6_000)).Allowed.ShouldBeFalse();
    }

    [Fact]
    public async Task Take_RedisIsAway_EachReplicaCountsAloneAndGoesBack()
    {
        Assert.SkipUnless(RedisServer.IsAvailable, RedisServer.Missing ?? "");
        await using var server = await RedisServer.StartAsync();
        var settings = ConfigurationOptions.Parse(server.ConnectionString);
        settings.BacklogPolicy = BacklogPolicy.FailFast; // as the gateway has it
        await using var connection = await ConnectionMultiplexer.ConnectAsync(settings);
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50));
        var limiter = Limiter(connection, time);
        (await limiter.TakeAsync(LimitKind.Principal, "acme\nalice", capacity: 2)).Tokens.ShouldBe(1);

        await server.RestartEmptyAsync(async () =>
        {
            await Eventually.HoldsAsync(() => !connection.IsConnected);
            (await limiter.TakeAsync(LimitKind.Principal, "acme\nalice", capacity: 2)).Tokens.ShouldBe(1); // its own bucket is full
            (await limiter.TakeAsync(LimitKind.Principal, "acme\nalice", capacity: 2)).Allowed.ShouldBeTrue();
            (await limiter.TakeAsync(LimitKind.Principal, "acme\nalice", capacity: 2)).Allowed.ShouldBeFalse();
        });
        await Eventually.HoldsAsync(() => connection.IsConnected);
        time.Advance(TimeSpan.FromSeconds(6));

        (await limiter.TakeAsync(LimitKind.Principal, "acme\nalice", capacity: 2)).Tokens.ShouldBe(1); // the new Redis has a full bucket
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "20010db800010002")]
    [InlineData("2001:db8:1:2::9", "20010db800010002")]
    [InlineData(null, "none")]
    public void ClientAddress_OfAConnection_IsWhatOnePersonHas(string? address, string expected) =>
        ClientAddress.Of(address is null ? null : IPAddress.Parse(address)).ShouldBe(expected);

    private static RateLimiter Limiter(IConnectionMultiplexer connection, TimeProvider time) => new(
        new ServiceCollection().AddSingleton(connection).BuildServiceProvider(),
        new global::RagApp.Gateway.Limits.Telemetry(Meters.Factory()), time, NullLogger<RateLimiter>.Instance);

    private static async Task<HttpStatusCode> StatusAsync(GatewayUnderTest gateway, string key)
    {
        using var client = gateway.Client(key);
        using var response = await client.GetAsync("v1/me", Cancellation);
        return response.StatusCode;
    }

    private static async Task<HttpStatusCode> ForwardedAsync(GatewayUnderTest gateway, string address)
    {
        using var client = gateway.Client();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        using var response = await client.GetAsync("v1/me", Cancellation);
        return response.StatusCode;
    }
}
