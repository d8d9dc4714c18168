using System.Net;
using RagApp.Models.Budgets;
using RagApp.Models.Budgets.Watching;

namespace RagApp.Tests.Models.Budgets;

public abstract partial class BudgetConformance
{
    [Fact]
    public async Task ReserveAsync_TooLittleLeft_SaysWhichBudgetWhatIsLeftAndWhenItRenews()
    {
        var replica = await ReplicaAsync(PerDay(100));
        await replica.SpendAsync(70);

        var refusal = await Should.ThrowAsync<BudgetExceededException>(() => replica.ReserveAsync(31));

        refusal.Status.ShouldBe(HttpStatusCode.PaymentRequired);
        refusal.Message.ShouldBe("The budget of the tenant 'acme' for this day has 30 tokens left, and this call may need 31 tokens. "
            + "It renews at 2036-11-19 00:00 UTC; until then send less text or ask for a shorter answer, or ask the operator to raise the budget.");
        refusal.Extensions!["left"].GetInt64().ShouldBe(30);
        refusal.Extensions["scope"].GetString().ShouldBe("tenant");
        refusal.Extensions["renewsAt"].GetDateTimeOffset().ShouldBe(new DateTimeOffset(2036, 11, 19, 0, 0, 0, TimeSpan.Zero));
        await replica.SpendAsync(30);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("acme", null, null)]
    [InlineData("*", null, null)]
    [InlineData(null, "k1", null)]
    [InlineData("acme", "*", null)]
    [InlineData("acme", null, Replica.Model)]
    public async Task ReserveAsync_EveryScopeAndPeriod_IsLimited(string? tenant, string? key, string? model)
    {
        foreach (var period in Enum.GetValues<BudgetPeriod>())
        {
            await WipeAsync();
            Journal.Clear();
            var replica = await ReplicaAsync(BudgetSettings.With(new BudgetLimitOptions { Tenant = tenant, Key = key, Model = model, Period = period, Dollars = 0.0001m }));
            await replica.SpendAsync(60);

            (await Should.ThrowAsync<BudgetExceededException>(() => replica.ReserveAsync(41))).Window.Period.ShouldBe(period);
            await replica.SpendAsync(40);
        }
    }

    [Fact]
    public async Task ReserveAsync_OtherTenantKeyOrModel_HasItsOwnBudget()
    {
        var replica = await ReplicaAsync(BudgetSettings.With(
            new BudgetLimitOptions { Tenant = "*", Tokens = 100 },
            new BudgetLimitOptions { Tenant = "globex", Tokens = 500 },
            new BudgetLimitOptions { Key = "*", Tokens = 80 },
            new BudgetLimitOptions { Model = "gpt-5", Tokens = 10 }));

        await replica.SpendAsync(80);
        (await Should.ThrowAsync<BudgetExceededException>(() => replica.ReserveAsync(1))).Scope.Kind.ShouldBe("key");
        await replica.SpendAsync(20, key: "k2");
        (await Should.ThrowAsync<BudgetExceededException>(() => replica.ReserveAsync(1, key: "k2"))).Scope.Kind.ShouldBe("tenant");
        await replica.SpendAsync(400, tenant: "globex", key: null);
        (await Should.ThrowAsync<BudgetExceededException>(() => replica.ReserveAsync(11, tenant: "globex", key: null, model: "gpt-5"))).Scope.Kind.ShouldBe("global");
    }

    [Fact]
    public async Task SettleAsync_MoreOrLessThanReserved_CountsWhatWasUsed()
    {
        var replica = await ReplicaAsync(PerDay(1_000));
        await using var less = await replica.ReserveAsync(300);
        await using var more = await replica.ReserveAsync(300);
        (await replica.DayAsync(Clock.Now)).ShouldBe((0, 600));

        await less.SettleAsync(100, 20, isCounted: false);
        await more.SettleAsync(400, 50, isCounted: false);
        await more.SettleAsync(999, 0, isCounted: false);

        (await replica.DayAsync(Clock.Now)).ShouldBe((570, 0));
        await replica.FlushAsync();
        Journal.Total.ShouldBe(new Spend(570, 570));
    }

    [Fact]
    public async Task ReserveAsync_LimitsChange_AreUsedAtOnceWithWhatWasSpentBefore()
    {
        var settings = new BudgetSettings();
        var replica = await ReplicaAsync(settings);
        await replica.SpendAsync(500);

        settings.Change(PerDay(510).CurrentValue);

        (await Should.ThrowAsync<BudgetExceededException>(() => replica.ReserveAsync(11))).Left.ShouldBe(10);
    }

    [Fact]
    public async Task SettleAsync_SoftLimitPassedByTwoReplicas_RaisesOneEventPerWindow()
    {
        var settings = BudgetSettings.With(new BudgetLimitOptions { Tenant = "acme", SoftTokens = 50, SoftDollars = 1 });
        Replica[] replicas = [await ReplicaAsync(settings), await ReplicaAsync(settings)];

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => replicas[i % 2].SpendAsync(5)));
        Clock.Forward(TimeSpan.FromDays(1));
        await replicas[0].SpendAsync(49);
        await replicas[1].SpendAsync(1);

        var raised = Events.All.Cast<BudgetEvent.SoftLimitReached>().ToList();
        raised.Select(reached => reached.Window.Name).ShouldBe(["2036-11-18", "2036-11-19"]);
        raised.ShouldAllBe(reached => reached.Unit == BudgetUnit.Tokens && reached.Limit == 50 && reached.Spent >= 50);
    }

    [Fact]
    public async Task SettleAsync_HourFarAboveTheUsualOne_RaisesOneEventThatNamesTenantKeyAndModel()
    {
        var settings = new BudgetSettings();
        var replica = await ReplicaAsync(settings);
        for (var day = 0; day < 7; day++)
        {
            await replica.SpendAsync(6_000_000);
            Clock.Forward(TimeSpan.FromDays(1));
        }
        await replica.SpendAsync(29_000_000);
        Events.All.OfType<BudgetEvent.UnusualSpend>().Where(unusual => unusual.Hour.Day == Clock.Now.Day).ShouldBeEmpty();

        await replica.SpendAsync(2_000_000);
        await replica.SpendAsync(2_000_000);

        var found = Events.All.OfType<BudgetEvent.UnusualSpend>().Where(unusual => unusual.Hour.Day == Clock.Now.Day).ShouldHaveSingleItem();
        found.ShouldBe(new BudgetEvent.UnusualSpend("acme", "k1", Replica.Model, new DateTimeOffset(2036, 11, 25, 10, 0, 0, TimeSpan.Zero), 31_000_000, 6_000_000));
    }
}
