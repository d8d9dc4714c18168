using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using RagApp.Benchmarks.Services;
using RagApp.Contracts.Embeddings;
using RagApp.Embedding;
using RagApp.Tests.TestServices;
using StackExchange.Redis;
using static RagApp.Tests.Embedding.EmbeddingUnderTest;

namespace RagApp.Tests.Embedding;

/// <summary>The embedding service with a real Redis server, and without one.</summary>
public sealed class VectorCacheTests
{
    private static readonly EmbeddingsRequest Request = new(["what the cache keeps", "and this too"]);

    [Fact]
    public async Task Embed_SecondTime_IsTheSameVectorOutOfTheCache()
    {
        Assert.SkipUnless(RedisServer.IsAvailable, RedisServer.Missing ?? "");
        await using var redis = await RedisServer.StartAsync();
        await using var service = await StartServiceAsync(redis.ConnectionString);
        using var results = Results(service);

        var first = await service.Client.EmbedAsync(Alice, Request, Cancellation);
        var second = await service.Client.EmbedAsync(Alice, Request, Cancellation);

        Count(results, "hit").ShouldBe(2);
        Count(results, "miss").ShouldBe(2);
        second.Data.Select(data => data.Embedding).ShouldBe(first.Data.Select(data => data.Embedding));
        second.Usage.ShouldBe(first.Usage);
    }

    [Fact]
    public async Task Embed_PartlyKept_OnlyTheRestIsMade()
    {
        Assert.SkipUnless(RedisServer.IsAvailable, RedisServer.Missing ?? "");
        await using var redis = await RedisServer.StartAsync();
        await using var service = await StartServiceAsync(redis.ConnectionString);
        await service.Client.EmbedAsync(Alice, Request, Cancellation);
        using var results = Results(service);

        var answer = await service.Client.EmbedAsync(Alice, new EmbeddingsRequest([Request.Input[1], "a new one", Request.Input[0]]), Cancellation);

        Count(results, "hit").ShouldBe(2);
        Count(results, "miss").ShouldBe(1);
        foreach (var data in answer.Data)
        {
            string[] order = [Request.Input[1], "a new one", Request.Input[0]];
            var alone = await service.Client.EmbedAsync(Eve, new EmbeddingsRequest([order[data.Index]]), Cancellation);
            data.Embedding.ShouldBe(alone.Data[0].Embedding);
        }
    }

    [Fact]
    public async Task Embed_OtherTenantOrInputType_FindsNothing()
    {
        Assert.SkipUnless(RedisServer.IsAvailable, RedisServer.Missing ?? "");
        await using var redis = await RedisServer.StartAsync();
        await using var service = await StartServiceAsync(redis.ConnectionString);
        await service.Client.EmbedAsync(Alice, Request, Cancellation);
        using var results = Results(service);

        await service.Client.EmbedAsync(Eve, Request, Cancellation);
        await service.Client.EmbedAsync(Alice, Request with { InputType = EmbeddingInputType.Query }, Cancellation);

        Count(results, "hit").ShouldBe(0);
        Count(results, "miss").ShouldBe(4);
    }

    [Fact]
    public async Task Embed_Kept_UnderModelTypeTenantAndHashForThirtyDays()
    {
        Assert.SkipUnless(RedisServer.IsAvailable, RedisServer.Missing ?? "");
        await using var redis = await RedisServer.StartAsync();
        await using var service = await StartServiceAsync(redis.ConnectionString);

        var answer = await service.Client.EmbedAsync(Alice, new EmbeddingsRequest(["text"]), Cancellation);

        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        var key = connection.GetServers().Single().Keys().ShouldHaveSingleItem();
        // The key ends with the SHA-256 hash of "passage: text".
        ((string)key!).ShouldBe($"embedding:multilingual-e5-small-int8:passage:acme:{Sha256("passage: text")}");
        var database = connection.GetDatabase();
        VectorBytes.Read((byte[])(await database.StringGetAsync(key))!).ShouldBe(answer.Data[0].Embedding);
        (await database.KeyTimeToLiveAsync(key))!.Value.ShouldBeInRange(TimeSpan.FromDays(29), TimeSpan.FromDays(30));
    }

    [Fact]
    public async Task Embed_RedisGoesAway_GoesOnAndIsReadyButDegraded()
    {
        Assert.SkipUnless(RedisServer.IsAvailable, RedisServer.Missing ?? "");
        var redis = await RedisServer.StartAsync();
        await using var service = await StartServiceAsync(redis.ConnectionString);
        var before = await service.Client.EmbedAsync(Alice, Request, Cancellation);
        await redis.DisposeAsync();
        using var failures = new MetricCollector<long>(
            service.Services.GetRequiredService<IMeterFactory>(), Telemetry.Name, Telemetry.Metrics.CacheFailures);

        var first = await service.Client.EmbedAsync(Alice, Request, Cancellation);
        var second = await service.Client.EmbedAsync(Alice, Request, Cancellation);

        first.Data[0].Embedding.ShouldBe(before.Data[0].Embedding);
        second.Data[0].Embedding.ShouldBe(before.Data[0].Embedding);
        failures.GetMeasurementSnapshot().Sum(measurement => measurement.Value).ShouldBe(1, "the pause spares the second request the call");
        await ShouldBeDegradedAsync(service);
    }

    [Fact]
    public async Task Embed_RedisWasNeverThere_GoesOn()
    {
        await using var service = await StartServiceAsync($"127.0.0.1:{FreePort.Next()}");

        var answer = await service.Client.EmbedAsync(Alice, Request, Cancellation);

        answer.Data.Count.ShouldBe(2);
        await ShouldBeDegradedAsync(service);
    }

    /// <summary>Starts the service with a long cache timeout, so that a slow test machine does not look like an unavailable server.</summary>
    private static Task<EmbeddingUnderTest> StartServiceAsync(string redis) =>
        StartAsync(Cancellation, $"--ConnectionStrings:redis={redis}", "--Embedding:Cache:Timeout=00:00:10");

    private static async Task ShouldBeDegradedAsync(EmbeddingUnderTest service)
    {
        using var http = service.Http(signed: false);
        var ready = await http.GetAsync("ready", Cancellation);
        ready.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ready.Content.ReadAsStringAsync(Cancellation)).ShouldBe("Degraded");
    }

    private static MetricCollector<long> Results(EmbeddingUnderTest service) =>
        new(service.Services.GetRequiredService<IMeterFactory>(), Telemetry.Name, Telemetry.Metrics.CacheLookups);

    private static long Count(MetricCollector<long> results, string result) => results.GetMeasurementSnapshot()
        .Where(measurement => measurement.Tags[Telemetry.Tags.Result] is string value && value == result)
        .Sum(measurement => measurement.Value);

    private static string Sha256(string text) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
}
