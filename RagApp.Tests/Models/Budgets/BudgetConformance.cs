using RagApp.Models.Budgets;
using StackExchange.Redis;

namespace RagApp.Tests.Models.Budgets;

/// <summary>Behaviour that budgets have on every server that speaks the Redis protocol; it is emptied before every test.</summary>
public abstract partial class BudgetConformance : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _open = [];

    private protected MemoryJournal Journal { get; } = new();

    private protected TestClock Clock { get; } = new();

    private protected CollectedEvents Events { get; } = new();

    private protected string ConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await ConnectionStringAsync();
        await (await ConnectAsync()).GetDatabase().ExecuteAsync("FLUSHALL");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in Enumerable.Reverse(_open))
            await one.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<string> ConnectionStringAsync();

    /// <summary>A budget of tokens for each tenant and day.</summary>
    private protected static BudgetSettings PerDay(long tokens) => BudgetSettings.With(new BudgetLimitOptions { Tenant = "*", Tokens = tokens });

    private protected async Task<ConnectionMultiplexer> ConnectAsync()
    {
        var connection = await ConnectionMultiplexer.ConnectAsync(ConnectionString, server => server.AllowAdmin = true);
        _open.Add(connection);
        return connection;
    }

    /// <summary>A replica with a connection of its own, whose ledger is ready.</summary>
    private protected async Task<Replica> ReplicaAsync(BudgetSettings settings)
    {
        var replica = Add(new Replica(await ConnectAsync(), Journal, settings, Clock, events: Events));
        await replica.SeedAsync();
        return replica;
    }

    private protected Replica Add(Replica replica)
    {
        _open.Add(replica);
        return replica;
    }

    /// <summary>Deletes everything, as a server does that comes back without its data.</summary>
    private protected async Task WipeAsync() => await (await ConnectAsync()).GetDatabase().ExecuteAsync("FLUSHALL");
}
