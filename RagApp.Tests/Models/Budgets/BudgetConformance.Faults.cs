using RagApp.Models.Budgets;
using RagApp.Models.Budgets.Ledger;
using RagApp.Tests.TestServices;
using Shouldly;
using Xunit;

namespace RagApp.Tests.Models.Budgets;

/// <summary>The faults that users of well-known gateways report, each as a test.</summary>
public abstract partial class BudgetConformance
{
    [Fact]
    public async Task Seeding_SeveralReplicasAtOnce_CountsTheSpendOnce()
    {
        var settings = PerDay(1_000);
        Replica[] replicas = [await ReplicaAsync(settings), await ReplicaAsync(settings), await ReplicaAsync(settings), await ReplicaAsync(settings)];
        foreach (var replica in replicas)
            await replica.SpendAsync(200);
        await Task.WhenAll(replicas.Select(replica => replica.FlushAsync()));
        await WipeAsync();

        await Task.WhenAll(replicas.Select(replica => replica.SeedAsync()));

        (await replicas[0].DayAsync(Clock.Now)).ShouldBe((800, 0));
        (await Should.ThrowAsync<BudgetExceededException>(() => replicas[1].ReserveAsync(201))).Left.ShouldBe(200);
    }

    [Fact]
    public async Task Seeding_WhileItRuns_RefusesWith503AndThenKnowsTheSpend()
    {
        var replica = await ReplicaAsync(PerDay(1_000));
        await replica.SpendAsync(900);
        await replica.FlushAsync();
        await WipeAsync();
        var mayRead = new TaskCompletionSource();
        Journal.MayRead = mayRead.Task;

        var refusal = await Should.ThrowAsync<BudgetsUnavailableException>(() => replica.ReserveAsync(1));
        refusal.Status.ShouldBe(System.Net.HttpStatusCode.ServiceUnavailable);
        refusal.RetryAfter.ShouldNotBeNull();
        mayRead.SetResult();
        await replica.SeedAsync();

        (await Should.ThrowAsync<BudgetExceededException>(() => replica.ReserveAsync(101))).Left.ShouldBe(100);
        await replica.SpendAsync(100);
    }

    [Fact]
    public async Task Seeding_CallsSettledBeforeWhileAndAfterTheJournalIsRead_AreCountedOnce()
    {
        var settings = PerDay(10_000);
        var (one, other) = (await ReplicaAsync(settings), await ReplicaAsync(settings));
        await using var early = await one.ReserveAsync(100);
        await using var late = await one.ReserveAsync(100);
        await one.SpendAsync(1_000);
        await one.FlushAsync();
        await one.SpendAsync(500); // in the ledger and in this process, not yet in the journal
        Clock.Forward(TimeSpan.FromSeconds(1));
        await WipeAsync();

        await early.SettleAsync(70, 0, isCounted: false);
        await other.SeedAsync();
        await late.SettleAsync(30, 0, isCounted: false);
        await one.CareAsync();
        await one.CareAsync();

        one.WaitingSettlements.ShouldBe(0);
        (await other.DayAsync(Clock.Now)).ShouldBe((1_600, 0));
        Journal.Total.Tokens.ShouldBe(1_600);
    }

    [Fact]
    public async Task Seeding_RecordThatOnlyTheOutboxHas_IsCountedAndWritten()
    {
        var settings = PerDay(1_000);
        var dead = await ReplicaAsync(settings);
        await dead.SpendAsync(400);
        var replica = await ReplicaAsync(settings);

        await replica.Ledger.ForgetAsync(Clock.Now);
        await replica.SeedAsync();

        (await replica.DayAsync(Clock.Now)).ShouldBe((400, 0));
        Journal.Total.Tokens.ShouldBe(400);
    }

    [Fact]
    public async Task Seeding_CallsOfAnotherReplicaAreRunning_KeepsTheirReservations()
    {
        var settings = PerDay(1_000);
        var (one, other) = (await ReplicaAsync(settings), await ReplicaAsync(settings));
        await one.SpendAsync(100);
        await one.FlushAsync();
        await using var running = await other.ReserveAsync(600);
        await WipeAsync();

        var mayRead = new TaskCompletionSource();
        Journal.MayRead = mayRead.Task;
        var seeding = one.SeedAsync();
        await other.LookAfterAsync();
        mayRead.SetResult();
        await seeding;

        (await one.DayAsync(Clock.Now)).ShouldBe((100, 600));
        (await Should.ThrowAsync<BudgetExceededException>(() => one.ReserveAsync(301))).Left.ShouldBe(300);
    }

    [Fact]
    public async Task Seeding_ServerComesBackWithOlderData_IsNoticedAndReplayed()
    {
        var redis = (await ConnectAsync()).GetDatabase();
        var replica = await ReplicaAsync(PerDay(1_000));
        await replica.SpendAsync(100);
        await replica.FlushAsync();
        var keys = ((StackExchange.Redis.RedisResult[])(await redis.ExecuteAsync("KEYS", "*"))!).Select(key => key.ToString()).ToList();
        var older = new Dictionary<string, StackExchange.Redis.HashEntry[]>();
        foreach (var key in keys.Where(key => key.Contains(":state", StringComparison.Ordinal) || key.Contains(":spent:", StringComparison.Ordinal)))
            older[key] = await redis.HashGetAllAsync(key);
        await replica.SpendAsync(800);
        await replica.FlushAsync();

        await WipeAsync();
        foreach (var (key, fields) in older)
            await redis.HashSetAsync(key, fields);

        (await Should.ThrowAsync<BudgetExceededException>(() => replica.ReserveAsync(101))).Left.ShouldBe(100);
    }

    [Fact]
    public async Task Seeding_StartedBeforeAnotherLoss_ChangesNothing()
    {
        var replica = await ReplicaAsync(PerDay(1_000));
        await WipeAsync();
        var (_, epoch) = await replica.Ledger.BeginSeedAsync(Clock.Now);
        var stale = new Seed(Clock.Now);
        Clock.Forward(TimeSpan.FromSeconds(1));
        await WipeAsync();
        await replica.Ledger.BeginSeedAsync(Clock.Now);

        (await replica.Ledger.CommitSeedAsync(epoch, stale)).ShouldBeFalse();
    }

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
    public async Task Reservations_ReleasedCancelledAndAbandoned_AreAllGivenBack()
    {
        var settings = PerDay(300);
        var dead = await ReplicaAsync(settings);
        await (await dead.ReserveAsync(100)).ReleaseAsync();
        await (await dead.ReserveAsync(100)).DisposeAsync();
        await dead.ReserveAsync(300);

        var replica = await ReplicaAsync(settings);
        Clock.Forward(settings.CurrentValue.Lease - TimeSpan.FromMilliseconds(1));
        await Should.ThrowAsync<BudgetExceededException>(() => replica.ReserveAsync(1));
        Clock.Forward(TimeSpan.FromMilliseconds(1));

        await replica.SpendAsync(300);
        (await replica.DayAsync(Clock.Now)).ShouldBe((300, 0));
    }

    [Fact]
    public async Task Reservations_OfALongCall_StayUntilItEnds()
    {
        var settings = PerDay(300);
        var replica = await ReplicaAsync(settings);
        await using var call = await replica.ReserveAsync(300);
        for (var i = 0; i < 10; i++)
        {
            Clock.Forward(settings.CurrentValue.Lease / 2);
            await replica.CareAsync();
        }

        await Should.ThrowAsync<BudgetExceededException>(() => replica.ReserveAsync(1));
        await call.SettleAsync(250, 0, isCounted: false);
        await replica.SpendAsync(50);
    }

    [Fact]
    public async Task Reservations_SettledAfterTheyHaveExpired_AreCountedAllTheSame()
    {
        var settings = PerDay(300);
        var slow = await ReplicaAsync(settings);
        await using var call = await slow.ReserveAsync(200);
        var replica = await ReplicaAsync(settings);
        Clock.Forward(settings.CurrentValue.Lease);
        await replica.CareAsync();
        (await replica.DayAsync(Clock.Now)).ShouldBe((0, 0));

        await call.SettleAsync(200, 0, isCounted: false);

        (await Should.ThrowAsync<BudgetExceededException>(() => replica.ReserveAsync(101))).Left.ShouldBe(100);
    }

    [Fact]
    public async Task SpendByModel_OnTwoReplicas_HasOneLimit()
    {
        var settings = BudgetSettings.With(new BudgetLimitOptions { Model = "gpt-5", Tokens = 100 });
        Replica[] replicas = [await ReplicaAsync(settings), await ReplicaAsync(settings)];

        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            try
            {
                await replicas[i % 2].SpendAsync(10, tenant: $"t{i % 5}", model: "gpt-5");
                return 10;
            }
            catch (BudgetExceededException)
            {
                return 0;
            }
        }));

        results.Sum().ShouldBe(100);
        await replicas[0].SpendAsync(10, model: "gpt-4o");
    }

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
