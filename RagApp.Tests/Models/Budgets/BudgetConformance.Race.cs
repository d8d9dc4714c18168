using RagApp.Models.Budgets;

namespace RagApp.Tests.Models.Budgets;

/// <summary>No budget is overspent, and no call is refused that fits.</summary>
public abstract partial class BudgetConformance
{
    [Fact]
    public async Task Race_ManyClientsOfManyReplicas_NeverOverspendAndAreRefusedOnlyWhatDoesNotFit()
    {
        const int Limit = 30_000;
        var settings = PerDay(Limit);
        Replica[] replicas = [await ReplicaAsync(settings), await ReplicaAsync(settings), await ReplicaAsync(settings), await ReplicaAsync(settings)];
        var race = new BudgetRace(Limit);

        await Task.WhenAll(Enumerable.Range(0, 24).Select(client => Task.Run(() => race.RunAsync(replicas[client % 4], new Random(client), calls: 40), Cancellation)));

        race.Refused.ShouldBeGreaterThan(0);
        var sweeper = await ReplicaAsync(settings);
        Clock.Forward(settings.CurrentValue.Lease);
        await sweeper.CareAsync();
        (await sweeper.DayAsync(Clock.Now)).ShouldBe((race.Spent, 0));
        race.Spent.ShouldBeLessThanOrEqualTo(Limit);
        await sweeper.SpendAsync(Limit - race.Spent);
        await Should.ThrowAsync<BudgetExceededException>(() => sweeper.ReserveAsync(1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Decisions_InAnyOrder_AreThoseOfASimpleModel(int seed)
    {
        var random = new Random(seed);
        var settings = BudgetSettings.With(
            new BudgetLimitOptions { Tokens = 9_000, Period = BudgetPeriod.Month },
            new BudgetLimitOptions { Tenant = "*", Dollars = 0.0015m },
            new BudgetLimitOptions { Tenant = "t1", Model = "m1", Tokens = 400 },
            new BudgetLimitOptions { Key = "*", Tokens = 900 });
        Replica[] replicas = [await ReplicaAsync(settings), await ReplicaAsync(settings)];
        var model = new BudgetModel(settings.CurrentValue);
        var open = new List<ModelCharge>();
        for (var step = 0; step < 400; step++)
        {
            switch (random.Next(10))
            {
                case < 5:
                    await ReserveLikeTheModelAsync(replicas[random.Next(2)], model, open, random);
                    break;
                case < 9 when open.Count > 0:
                    var charge = open[random.Next(open.Count)];
                    open.Remove(charge);
                    var used = random.Next(4) == 0 ? null : (long?)random.Next(250);
                    model.End(charge.Call.Id, used);
                    await (used is { } tokens ? charge.SettleAsync(tokens, 0, isCounted: false) : charge.ReleaseAsync());
                    break;
                case 9 when random.Next(6) == 0:
                    Clock.Forward(TimeSpan.FromHours(random.Next(9)));
                    await Task.WhenAll(replicas.Select(replica => replica.CareAsync()));
                    break;
            }
        }
        model.Refused.ShouldBeGreaterThan(20);
        model.Accepted.ShouldBeGreaterThan(50);
    }

    private async Task ReserveLikeTheModelAsync(Replica replica, BudgetModel model, List<ModelCharge> open, Random random)
    {
        var (tenant, key, name, tokens) = ($"t{random.Next(3)}", $"k{random.Next(4)}", $"m{random.Next(2)}", (long)random.Next(1, 200));
        var fits = model.Fits(tenant, key, name, tokens, Clock.Now);
        ModelCharge? charge = null;
        try
        {
            charge = await replica.ReserveAsync(tokens, tenant, key, name);
        }
        catch (BudgetExceededException)
        {
        }
        (charge is not null).ShouldBe(fits);
        if (charge is not null)
        {
            model.Begin(charge.Call.Id, tenant, key, name, tokens, Clock.Now);
            open.Add(charge);
        }
    }
}
