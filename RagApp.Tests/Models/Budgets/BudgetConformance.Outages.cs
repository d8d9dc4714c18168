using RagApp.Models.Budgets;
using RagApp.Tests.TestServices;

namespace RagApp.Tests.Models.Budgets;

/// <summary>Faults that users of well-known gateways report: a server, a journal or a process that fails.</summary>
public abstract partial class BudgetConformance
{
    [Fact]
    public async Task Drift_RedisTimesOutForHours_CounterAndJournalAgree()
    {
        var random = new Random(20261130);
        var settings = BudgetSettings.With(new BudgetLimitOptions { Tenant = "*", Tokens = 1_000_000, Period = BudgetPeriod.Month });
        var flaky = FlakyRedis.Around(await ConnectAsync(), () =>
        {
            lock (random)
                return (FlakyRedis.Fault)Math.Max(0, random.Next(9) - 6);
        });
        var replica = Add(new Replica(flaky, Journal, settings, Clock));
        var spent = 0L;
        for (var hour = 0; hour < 12; hour++)
        {
            for (var i = 0; i < 20; i++)
                spent += await TrySpendAsync(replica, random.Next(1, 100));
            Clock.Forward(TimeSpan.FromMinutes(40));
            await TryCareAsync(replica);
        }
        await Eventually.HoldsAsync(async () => await TryCareAsync(replica) && replica.WaitingSettlements == 0);
        Clock.Forward(settings.CurrentValue.Lease);
        await Eventually.HoldsAsync(() => TryCareAsync(replica));

        var healthy = await ReplicaAsync(settings);
        var month = (await healthy.Ledger.ReadAsync(BudgetWindow.Of(BudgetPeriod.Month, Clock.Now), [new BudgetScope("acme", null, null)])).Single();
        month.ShouldBe((new Spend(spent, spent), Spend.None));
        Journal.Total.Tokens.ShouldBe(spent);
    }

    [Fact]
    public async Task Crash_BetweenLedgerAndJournal_IsWrittenToTheJournalByAnother()
    {
        var settings = PerDay(1_000);
        var dead = await ReplicaAsync(settings);
        await dead.SpendAsync(400);
        Journal.Lines.ShouldBeEmpty();

        var replica = await ReplicaAsync(settings);
        Clock.Forward(TimeSpan.FromMinutes(2));
        await replica.CareAsync();
        await WipeAsync();
        await replica.CareAsync();

        (await replica.DayAsync(Clock.Now)).ShouldBe((400, 0));
        Journal.Lines.ShouldHaveSingleItem().MicroDollars.ShouldBe(400);
    }

    [Fact]
    public async Task Crash_BetweenJournalAndLedger_IsSettledWhenTheReservationExpires()
    {
        var settings = PerDay(1_000);
        var away = false;
        var dead = Add(new Replica(FlakyRedis.Around(await ConnectAsync(), () => away ? FlakyRedis.Fault.BeforeRunning : FlakyRedis.Fault.None), Journal, settings, Clock));
        await dead.SeedAsync();
        var charge = await dead.ReserveAsync(500);
        away = true;
        await charge.SettleAsync(300, 0, isCounted: false);
        await dead.FlushAsync();

        var replica = await ReplicaAsync(settings);
        Clock.Forward(settings.CurrentValue.Lease);

        (await Should.ThrowAsync<BudgetExceededException>(() => replica.ReserveAsync(701))).Left.ShouldBe(700);
        (await replica.DayAsync(Clock.Now)).ShouldBe((300, 0));
    }

    [Fact]
    public async Task Journal_CannotBeWrittenForAWhile_LosesNothing()
    {
        var replica = await ReplicaAsync(PerDay(1_000));
        Journal.Fails = true;
        await replica.SpendAsync(100);
        await replica.FlushAsync();
        Journal.Fails = false;
        Clock.Forward(TimeSpan.FromMinutes(2));

        await replica.CareAsync();

        Journal.Total.Tokens.ShouldBe(100);
        (await replica.DayAsync(Clock.Now)).ShouldBe((100, 0));
    }

    [Fact]
    public async Task Server_DoesNotAnswer_RefusesCallsUnderABudgetAndNoOthers()
    {
        var settings = new BudgetSettings();
        var replica = Add(new Replica(FlakyRedis.Around(await ConnectAsync(), () => FlakyRedis.Fault.BeforeRunning), Journal, settings, Clock));
        await replica.SpendAsync(10);
        await replica.FlushAsync();
        Journal.Total.Tokens.ShouldBe(10);

        settings.Change(PerDay(100).CurrentValue);

        (await Should.ThrowAsync<BudgetsUnavailableException>(() => replica.ReserveAsync(1))).RetryAfter.ShouldNotBeNull();
    }

    private static async Task<long> TrySpendAsync(Replica replica, int tokens)
    {
        try
        {
            await replica.SpendAsync(tokens);
            return tokens;
        }
        catch (BudgetsUnavailableException)
        {
            return 0;
        }
    }

    private static async Task<bool> TryCareAsync(Replica replica)
    {
        try
        {
            await replica.CareAsync();
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
