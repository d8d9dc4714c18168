using RagApp.Tests.TestServices;
using StackExchange.Redis;

namespace RagApp.Tests.Cache;

/// <summary>The embedded Redis requires a password, and acknowledged writes survive a crash.</summary>
public sealed class DurabilityTests
{
    private const string Script =
        "local n = redis.call('INCRBY', KEYS[1], ARGV[1]) redis.call('HSET', KEYS[2], 'total', n) return n";

    [Fact]
    public async Task Restart_AfterKill_AcknowledgedWritesAreThere()
    {
        using var data = new TemporaryFolder();
        using (var first = await CacheProcess.StartAsync(data.Path))
        {
            await using var redis = await first.ConnectAsync();
            var database = redis.GetDatabase();
            await database.StringSetAsync("text", "kept", TimeSpan.FromHours(1));
            await database.ListRightPushAsync("list", ["one", "two"]);
            await database.SortedSetAddAsync("sorted", "member", 5);
            await database.ScriptEvaluateAsync(Script, ["{counter}", "{counter}:hash"], [7]);

            await first.KillAsync();
        }

        using var second = await CacheProcess.StartAsync(data.Path);
        await using var again = await second.ConnectAsync();
        var kept = again.GetDatabase();
        ((string?)await kept.StringGetAsync("text")).ShouldBe("kept");
        (await kept.KeyTimeToLiveAsync("text")).ShouldNotBeNull();
        (await kept.ListRangeAsync("list")).ShouldBe(["one", "two"]);
        (await kept.SortedSetScoreAsync("sorted", "member")).ShouldBe(5);
        ((int)await kept.HashGetAsync("{counter}:hash", "total")).ShouldBe(7);
    }

    [Fact]
    public async Task Connect_WrongPassword_IsRefused()
    {
        using var data = new TemporaryFolder();
        using var cache = await CacheProcess.StartAsync(data.Path);

        await Should.ThrowAsync<RedisConnectionException>(() => cache.ConnectAsync("not the password"));
    }
}
