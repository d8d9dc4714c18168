using RagApp.Models.Budgets;

namespace RagApp.Tests.Models.Budgets;

/// <summary>Faults that users of well-known gateways report: reservations that are never given back, and limits that each replica keeps for itself.</summary>
public abstract partial class BudgetConformance
{
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
}
