using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RagApp.Contracts.Usage;
using RagApp.Models.Budgets.Ledger;
using RagApp.Models.Budgets.Watching;
using RagApp.Models.Budgets;
using RagApp.Models;
using StackExchange.Redis;

namespace RagApp.Tests.Models.Budgets;

/// <summary>The budgets as one replica of a service has them. Work in the background runs when the test says so.</summary>
internal sealed class Replica : IAsyncDisposable
{
    public const string Model = "gpt-4o";

    /// <summary>One micro-dollar per token, so that money and tokens are the same number.</summary>
    public static readonly ModelPrice Price = new(1_000_000, 1_000_000);

    private readonly ServiceProvider _services;

    public Replica(
        IConnectionMultiplexer redis, IUsageJournal journal, IOptionsMonitor<BudgetsOptions> settings,
        ILedgerClock? clock = null, TimeProvider? time = null, IBudgetEvents? events = null)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(redis).AddSingleton(journal);
        services.AddSingleton(new LedgerTiming(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(1)));
        services.AddSingleton(time ?? TimeProvider.System);
        if (clock is not null)
            services.AddSingleton(clock);
        if (events is not null)
            services.AddSingleton(events);
        _services = services.AddBudgetLedger().AddSingleton(settings).BuildServiceProvider();
        Budgets = _services.GetRequiredService<ModelBudgets>();
        Ledger = _services.GetRequiredService<RedisLedger>();
    }

    public ModelBudgets Budgets { get; }

    public RedisLedger Ledger { get; }

    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    public int WaitingSettlements => _services.GetRequiredService<Settlements>().Waiting;

    public static ModelCaller Caller(string tenant = "acme", string? key = "k1", string feature = "answers") => new(tenant, feature) { KeyId = key };

    /// <summary>Reserves tokens, each for a micro-dollar.</summary>
    public Task<ModelCharge> ReserveAsync(long tokens, string tenant = "acme", string? key = "k1", string model = Model) =>
        Budgets.ReserveAsync(Caller(tenant, key), model, Price, () => tokens, 0, TestContext.Current.CancellationToken);

    /// <summary>Makes a whole call.</summary>
    public async Task SpendAsync(long tokens, string tenant = "acme", string? key = "k1", string model = Model)
    {
        await using var charge = await ReserveAsync(tokens, tenant, key, model);
        await charge.SettleAsync(tokens, 0, isCounted: false);
    }

    /// <summary>Spent and held tokens of the tenant 'acme' in the day of a time.</summary>
    public async Task<(long Spent, long Held)> DayAsync(DateTimeOffset at, BudgetScope? scope = null)
    {
        var figures = (await Ledger.ReadAsync(BudgetWindow.Of(BudgetPeriod.Day, at), [scope ?? new BudgetScope("acme", null, null)])).Single();
        return (figures.Spent.Tokens, figures.Held.Tokens);
    }

    /// <summary>Does once what runs in the background: the journal is written and the ledger looked after.</summary>
    public async Task CareAsync()
    {
        await FlushAsync();
        await LookAfterAsync();
        await SeedAsync();
    }

    /// <summary>Looks after the ledger, without waiting for a rebuild.</summary>
    public Task LookAfterAsync() => _services.GetRequiredService<LedgerCare>().RunAsync();

    public Task SeedAsync() => _services.GetRequiredService<LedgerSeeder>().RunAsync();

    public Task FlushAsync() => _services.GetRequiredService<UsageWriter>().FlushAsync();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
