using RagApp.Models.Budgets;
using RagApp.Models.Budgets.Ledger;

namespace RagApp.Tests.Models.Budgets;

/// <summary>Faults that users of well-known gateways report: a ledger that is seeded again after a loss.</summary>
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
}
