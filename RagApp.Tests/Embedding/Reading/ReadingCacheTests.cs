using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using RagApp.Contracts.Reading;
using RagApp.Embedding;
using RagApp.Tests.TestServices;
using StackExchange.Redis;
using static RagApp.Tests.Embedding.EmbeddingUnderTest;

namespace RagApp.Tests.Embedding.Reading;

/// <summary>The embedding service's readings in a real Redis server.</summary>
public sealed class ReadingCacheTests
{
    private static readonly ReadRequest Request = new(
        "How many days of leave are there?", [new("Handbook", "There are 30 days of leave."), new("Handbook", "The kitchen is on the second floor.")]);

    [Fact]
    public async Task Read_SameQuestionAgain_ReadsNothingAndIsTheSame()
    {
        Assert.SkipUnless(RedisServer.IsAvailable, RedisServer.Missing ?? "");
        await using var redis = await RedisServer.StartAsync();
        await using var service = await StartServiceAsync(redis.ConnectionString);
        var first = await service.Reader.ReadAsync(Alice, Request, Cancellation);
        using var passages = Collect(service, Telemetry.Metrics.Passages);
        using var lookups = Collect(service, Telemetry.Metrics.CacheLookups);

        var second = await service.Reader.ReadAsync(Alice, Request, Cancellation);

        Count(passages, Telemetry.Tags.Passage, "cached").ShouldBe(2);
        Count(passages, Telemetry.Tags.Passage, "read").ShouldBe(0);
        Count(lookups, Telemetry.Tags.Result, "hit").ShouldBe(2);
        lookups.GetMeasurementSnapshot().ShouldAllBe(measured => (string?)measured.Tags[Spans.Tags.Work] == "read");
        second.Passages.Select(passage => passage.Probability).ShouldBe(first.Passages.Select(passage => passage.Probability), tolerance: 1e-6);
        second.Passages.SelectMany(passage => passage.Spans).ShouldBe(first.Passages.SelectMany(passage => passage.Spans));
    }

    [Fact]
    public async Task Read_OtherTenantQuestionOrContext_FindsNothing()
    {
        Assert.SkipUnless(RedisServer.IsAvailable, RedisServer.Missing ?? "");
        await using var redis = await RedisServer.StartAsync();
        await using var service = await StartServiceAsync(redis.ConnectionString);
        await service.Reader.ReadAsync(Alice, Request, Cancellation);
        using var lookups = Collect(service, Telemetry.Metrics.CacheLookups);

        await service.Reader.ReadAsync(Eve, Request, Cancellation);
        await service.Reader.ReadAsync(Alice, Request with { Question = "Where is the kitchen?" }, Cancellation);
        await service.Reader.ReadAsync(Alice, Request with { Passages = [new("", "HandbookThere are 30 days of leave.")] }, Cancellation);

        Count(lookups, Telemetry.Tags.Result, "hit").ShouldBe(0);
        Count(lookups, Telemetry.Tags.Result, "miss").ShouldBe(5);
    }

    [Fact]
    public async Task Read_OneKeptIsEnough_ReadsNoFurther()
    {
        Assert.SkipUnless(RedisServer.IsAvailable, RedisServer.Missing ?? "");
        await using var redis = await RedisServer.StartAsync();
        await using var service = await StartServiceAsync(redis.ConnectionString);
        await service.Reader.ReadAsync(Alice, Request with { Passages = [Request.Passages[0]] }, Cancellation);
        using var passages = Collect(service, Telemetry.Metrics.Passages);

        var read = await service.Reader.ReadAsync(Alice, Request with { Enough = 0 }, Cancellation);

        read.Passages.ShouldHaveSingleItem().Index.ShouldBe(0);
        Count(passages, Telemetry.Tags.Passage, "left_out").ShouldBe(1);
    }

    [Fact]
    public async Task Read_Kept_UnderReaderTenantAndHashForThirtyDaysInFewBytes()
    {
        Assert.SkipUnless(RedisServer.IsAvailable, RedisServer.Missing ?? "");
        await using var redis = await RedisServer.StartAsync();
        await using var service = await StartServiceAsync(redis.ConnectionString);

        await service.Reader.ReadAsync(Alice, Request with { Passages = [Request.Passages[0]] }, Cancellation);

        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        var key = connection.GetServers().Single().Keys().ShouldHaveSingleItem();
        ((string)key!).ShouldMatch("^reading:multilingual-e5-small-reader-1:acme:[0-9a-f]{64}$");
        var database = connection.GetDatabase();
        ((byte[])(await database.StringGetAsync(key))!).Length.ShouldBe(52);
        (await database.KeyTimeToLiveAsync(key))!.Value.ShouldBeInRange(TimeSpan.FromDays(29), TimeSpan.FromDays(30));
    }

    [Fact]
    public async Task Read_RedisGoesAway_GoesOn()
    {
        Assert.SkipUnless(RedisServer.IsAvailable, RedisServer.Missing ?? "");
        var redis = await RedisServer.StartAsync();
        await using var service = await StartServiceAsync(redis.ConnectionString);
        await service.Reader.ReadAsync(Alice, Request, Cancellation);
        await redis.DisposeAsync();
        using var failures = Collect(service, Telemetry.Metrics.CacheFailures);

        (await service.Reader.ReadAsync(Alice, Request, Cancellation)).Passages.Count.ShouldBe(2);
        (await service.Reader.ReadAsync(Alice, Request, Cancellation)).Passages.Count.ShouldBe(2);

        failures.GetMeasurementSnapshot().Sum(measured => measured.Value).ShouldBe(1, "the pause spares the second request the call");
    }

    /// <summary>Starts the service with long time limits, so that a slow test machine changes nothing.</summary>
    private static Task<EmbeddingUnderTest> StartServiceAsync(string redis) =>
        StartAsync(Cancellation, $"--ConnectionStrings:redis={redis}", "--Embedding:Cache:Timeout=00:00:10", "--Embedding:Reader:MaxTime=00:01:00");

    private static MetricCollector<long> Collect(EmbeddingUnderTest service, string metric) =>
        new(service.Services.GetRequiredService<IMeterFactory>(), Telemetry.Name, metric);

    private static long Count(MetricCollector<long> collected, string tag, string value) =>
        collected.GetMeasurementSnapshot().Where(measured => (string?)measured.Tags[tag] == value).Sum(measured => measured.Value);
}
