using System.Diagnostics;
using RagApp.Benchmarks.Services;
using RagApp.Contracts.Usage;
using RagApp.Models.Budgets.Ledger;
using RagApp.Models.Budgets;
using RagApp.Storage.FileSystem;
using RagApp.Storage.Journals;
using RagApp.Tests.TestServices;
using StackExchange.Redis;

namespace RagApp.Tests.Models.Budgets;

/// <summary>
/// Processes that race for one budget and are killed, with the journal in files. Each process is this program, running
/// <see cref="Child"/>.
/// </summary>
public sealed class BudgetProcessesTests
{
    private const string RedisVariable = "RAGAPP_TEST_REDIS";
    private const string FolderVariable = "RAGAPP_TEST_FOLDER";
    private const int Limit = 200_000;
    private const int Processes = 4;

    private static readonly BudgetScope Scope = new("acme", null, null);

    private static BudgetSettings Settings
    {
        get
        {
            var settings = BudgetSettings.With(new BudgetLimitOptions { Tenant = "acme", Tokens = Limit, Period = BudgetPeriod.Month });
            settings.CurrentValue.Lease = TimeSpan.FromSeconds(5);
            return settings;
        }
    }

    [Fact]
    public async Task Budget_ProcessesRaceAndAreKilledOnGarnet_IsNeverOverspentAndComesBackWhole()
    {
        using var redis = new EmbeddedRedis();
        await RaceAsync(redis.ConnectionString);
    }

    [Fact]
    public async Task Budget_ProcessesRaceAndAreKilledOnRedis_IsNeverOverspentAndComesBackWhole()
    {
        Assert.SkipUnless(RedisServer.IsAvailable, RedisServer.Missing ?? "");
        await using var redis = await RedisServer.StartAsync();
        await RaceAsync(redis.ConnectionString);
    }

    [Fact(Explicit = true)]
    public async Task Child()
    {
        var address = Environment.GetEnvironmentVariable(RedisVariable);
        Assert.SkipWhen(address is null, "Started by the other tests only.");
        await using var redis = await ConnectionMultiplexer.ConnectAsync(address);
        await using var replica = new Replica(redis, JournalIn(Environment.GetEnvironmentVariable(FolderVariable)!), Settings);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => SpendAsync(replica), Cancellation)).Append(CareAsync(replica)));
    }

    private static async Task RaceAsync(string address)
    {
        using var folder = new TemporaryFolder();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(address);
        var start = await new LedgerClock(redis, TimeProvider.System).NowAsync();
        var window = BudgetWindow.Of(BudgetPeriod.Month, start);
        Assert.SkipWhen(window.RenewsAt - start < TimeSpan.FromMinutes(10), "The month turns while the test runs.");
        await using var watcher = new Replica(redis, JournalIn(folder.Path), Settings);
        var children = Enumerable.Range(0, Processes).Select(_ => StartChild(address, folder.Path)).ToList();
        try
        {
            for (var i = 0; i < Processes - 1; i++)
            {
                await Eventually.HoldsAsync(async () => (await ReadAsync(watcher, window)).Spent.Tokens > Limit * (i + 1L) / Processes);
                children[i].Kill();
            }
            // The last process goes on until next to nothing is left.
            await Eventually.HoldsAsync(async () => (await ReadAsync(watcher, window)).Spent.Tokens > Limit - 400);
        }
        finally
        {
            foreach (var child in children)
                await EndAsync(child);
        }
        await AllIsThereAsync(redis, folder.Path, window);
    }

    private static async Task AllIsThereAsync(IConnectionMultiplexer redis, string folder, BudgetWindow window)
    {
        var journal = JournalIn(folder);
        await using var later = new Replica(redis, journal, Settings, new LaterClock(redis));
        await later.CareAsync();

        var (spent, held) = await ReadAsync(later, window);
        spent.Tokens.ShouldBeLessThanOrEqualTo(Limit);
        held.ShouldBe(Spend.None);
        var written = await journal.ReadAsync("acme", window.Start, window.RenewsAt, Cancellation).ToListAsync(Cancellation);
        written.Sum(record => record.InputTokens).ShouldBe(spent.Tokens);
        await later.SpendAsync(Limit - spent.Tokens);
        await Should.ThrowAsync<BudgetExceededException>(() => later.ReserveAsync(1));
        TestContext.Current.TestOutputHelper?.WriteLine($"{written.Count} calls settled, {spent.Tokens} of {Limit} tokens spent before the rest was");
    }

    private static async Task<(Spend Spent, Spend Held)> ReadAsync(Replica replica, BudgetWindow window) =>
        (await replica.Ledger.ReadAsync(window, [Scope])).Single();

    /// <summary>Calls until the process is killed: some fail, some are cancelled, and the budget refuses more and more of them.</summary>
    private static async Task SpendAsync(Replica replica)
    {
        while (true)
        {
            var size = Random.Shared.Next(1, 400);
            try
            {
                await using var charge = await replica.ReserveAsync(size);
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(3)), TimeProvider.System, Cancellation);
                if (Random.Shared.Next(5) > 0)
                    await charge.SettleAsync(Random.Shared.Next(size + 1), 0, isCounted: false);
            }
            catch (Exception exception) when (exception is BudgetExceededException or BudgetsUnavailableException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancellation);
            }
        }
    }

    private static async Task CareAsync(Replica replica)
    {
        while (true)
        {
            await replica.CareAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancellation);
        }
    }

    private static UsageJournal JournalIn(string folder)
    {
        var blobs = new FileBlobStore(folder, TimeProvider.System);
        var journal = new Journal<UsageRecord>(
            blobs, "usage", JournalsJson.Plain.UsageRecord, record => record.At, new global::RagApp.Storage.Journals.Telemetry(Meters.Factory()), TimeProvider.System, chain: null);
        return new UsageJournal(journal, new UsageDays(blobs, journal, TimeProvider.System));
    }

    private static Process StartChild(string address, string folder)
    {
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "RagApp.Tests.exe" : "RagApp.Tests");
        var start = new ProcessStartInfo(program, ["-explicit", "only", "-method", $"{typeof(BudgetProcessesTests).FullName}.{nameof(Child)}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment[RedisVariable] = address;
        start.Environment[FolderVariable] = folder;
        var child = Process.Start(start)!;
        child.BeginOutputReadLine();
        return child;
    }

    private static async Task EndAsync(Process child)
    {
        child.Kill();
        await child.WaitForExitAsync(Cancellation);
        child.Dispose();
    }

    /// <summary>The server's clock, two minutes later: leases have ended and what dead processes left behind is taken over.</summary>
    private sealed class LaterClock(IConnectionMultiplexer redis) : ILedgerClock
    {
        private readonly LedgerClock _clock = new(redis, TimeProvider.System);

        public async ValueTask<DateTimeOffset> NowAsync() => await _clock.NowAsync() + TimeSpan.FromMinutes(2);
    }
}
