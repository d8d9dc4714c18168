using RagApp.Models.Budgets.Ledger;

namespace RagApp.Tests.Models.Budgets;

/// <summary>A ledger's clock that stands still until the test moves it; all replicas of a test share it. Its times lie ahead, so that no key expires.</summary>
internal sealed class TestClock : ILedgerClock
{
    public DateTimeOffset Now { get; set; } = new(2036, 11, 18, 10, 30, 0, TimeSpan.Zero);

    public ValueTask<DateTimeOffset> NowAsync() => ValueTask.FromResult(Now);

    public void Forward(TimeSpan by) => Now += by;
}
