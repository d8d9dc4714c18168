using RagApp.Models.Budgets;
using RagApp.Models.Budgets.Ledger;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Models.Budgets;

/// <summary>Faults that users of well-known gateways report: days and months that turn, and clocks that differ.</summary>
public abstract partial class BudgetConformance
{
    [Fact]
    public async Task WindowTurns_OthersSpendMeanwhile_NothingIsOverwritten()
    {
        var settings = PerDay(1_000_000);
        Replica[] replicas = [await ReplicaAsync(settings), await ReplicaAsync(settings), await ReplicaAsync(settings)];
        var (today, tomorrow) = (Clock.Now, Clock.Now.Date.AddDays(1));
        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => replicas[i % 3].SpendAsync(1)));
        var over = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => replicas[i % 3].ReserveAsync(2)));

        Clock.Now = new DateTimeOffset(tomorrow, TimeSpan.Zero);
        await Task.WhenAll(
            Enumerable.Range(0, 30).Select(i => replicas[i % 3].SpendAsync(10))
                .Concat(over.Select(charge => charge.SettleAsync(1, 1, isCounted: false)))
                .Concat(replicas.Select(replica => replica.CareAsync())));
        // A settlement that met a rebuild waits for the next look.
        foreach (var replica in replicas)
        {
            await replica.SeedAsync();
            await replica.CareAsync();
        }

        (await replicas[0].DayAsync(today)).ShouldBe((90, 0));
        (await replicas[0].DayAsync(Clock.Now)).ShouldBe((300, 0));
    }

    [Fact]
    public async Task WindowTurns_AfterARefusal_TheNextCallGoesThroughAtOnce()
    {
        var settings = BudgetSettings.With(
            new BudgetLimitOptions { Tenant = "acme", Tokens = 100 }, new BudgetLimitOptions { Key = "*", Tokens = 150, Period = BudgetPeriod.Month });
        Clock.Now = new DateTimeOffset(2036, 11, 29, 23, 59, 59, 999, TimeSpan.Zero);
        var replica = await ReplicaAsync(settings);
        await replica.SpendAsync(100);
        await Should.ThrowAsync<BudgetExceededException>(() => replica.ReserveAsync(1));

        Clock.Forward(TimeSpan.FromMilliseconds(1));
        await replica.SpendAsync(50);
        (await Should.ThrowAsync<BudgetExceededException>(() => replica.ReserveAsync(1))).Window.RenewsAt.ShouldBe(new DateTimeOffset(2036, 12, 1, 0, 0, 0, TimeSpan.Zero));

        Clock.Now = new DateTimeOffset(2036, 12, 1, 0, 0, 0, TimeSpan.Zero);
        await replica.SpendAsync(100);
    }

    [Fact]
    public async Task FirstUse_OfAKeyInTheMomentItsWindowStarts_IsCountedInThatWindow()
    {
        Clock.Now = new DateTimeOffset(2036, 12, 1, 0, 0, 0, TimeSpan.Zero);
        var settings = BudgetSettings.With(
            new BudgetLimitOptions { Key = "*", Tokens = 100 }, new BudgetLimitOptions { Key = "*", Tokens = 100, Period = BudgetPeriod.Month });
        Replica[] replicas = [await ReplicaAsync(settings), await ReplicaAsync(settings)];

        await Task.WhenAll(replicas.Select(replica => replica.SpendAsync(50, key: "brand-new")));

        (await replicas[0].DayAsync(Clock.Now, new BudgetScope("acme", "brand-new", null))).ShouldBe((100, 0));
        var refusal = await Should.ThrowAsync<BudgetExceededException>(() => replicas[1].ReserveAsync(1, key: "brand-new"));
        refusal.Window.RenewsAt.ShouldBe(new DateTimeOffset(2036, 12, 2, 0, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task ClockSkew_ReplicasHoursApart_SpendOneBudget()
    {
        var settings = PerDay(100);
        var now = await new LedgerClock(await ConnectAsync(), TimeProvider.System).NowAsync();
        var replicas = new List<Replica>();
        foreach (var skew in new[] { -26, -3, 0, 3, 26 })
        {
            var time = new ShiftedTime();
            time.Forward(TimeSpan.FromHours(skew));
            var replica = Add(new Replica(await ConnectAsync(), Journal, settings, time: time));
            await replica.SeedAsync();
            replicas.Add(replica);
        }
        Assert.SkipWhen(now.TimeOfDay > TimeSpan.FromHours(24) - TimeSpan.FromSeconds(30), "The day turns while the test runs.");

        foreach (var replica in replicas)
            await replica.SpendAsync(20);

        foreach (var replica in replicas)
            (await Should.ThrowAsync<BudgetExceededException>(() => replica.ReserveAsync(1))).Window.Start.UtcDateTime.ShouldBe(now.UtcDateTime.Date);
        (await replicas[0].DayAsync(now)).ShouldBe((100, 0));
    }
}
