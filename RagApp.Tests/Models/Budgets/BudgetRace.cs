using RagApp.Models.Budgets;

namespace RagApp.Tests.Models.Budgets;

/// <summary>
/// Clients that race for one budget with calls of random sizes, which end in every way. What may be in use at a moment is bounded
/// by what was asked for until then without what was given back before: a refusal must not happen below that bound.
/// </summary>
internal sealed class BudgetRace(long limit)
{
    private long _asked;
    private long _givenBack;
    private long _spent;
    private int _refused;

    public long Spent => Interlocked.Read(ref _spent);

    public int Refused => _refused;

    public async Task RunAsync(Replica replica, Random random, int calls)
    {
        for (var i = 0; i < calls; i++)
            await CallAsync(replica, random, random.Next(1, 400));
    }

    private async Task CallAsync(Replica replica, Random random, int size)
    {
        var givenBackBefore = Interlocked.Read(ref _givenBack);
        Interlocked.Add(ref _asked, size);
        ModelCharge charge;
        try
        {
            charge = await replica.ReserveAsync(size);
        }
        catch (BudgetExceededException refusal)
        {
            refusal.Left.ShouldBeLessThan(size);
            (Interlocked.Read(ref _asked) - givenBackBefore).ShouldBeGreaterThan(limit);
            Interlocked.Add(ref _givenBack, size);
            Interlocked.Increment(ref _refused);
            return;
        }
        await EndAsync(charge, random, size);
    }

    private async Task EndAsync(ModelCharge charge, Random random, int size)
    {
        switch (random.Next(10))
        {
            case < 6:
                var used = random.Next(size + 1);
                await charge.SettleAsync(used, 0, isCounted: false);
                Interlocked.Add(ref _spent, used);
                Interlocked.Add(ref _givenBack, size - used);
                break;
            case < 9:
                await charge.DisposeAsync();
                Interlocked.Add(ref _givenBack, size);
                break;
            default: // the client was killed: its reservation stays until it expires
                break;
        }
    }
}
