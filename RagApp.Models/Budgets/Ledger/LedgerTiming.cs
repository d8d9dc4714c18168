namespace RagApp.Models.Budgets.Ledger;

/// <summary>Intervals of the work in the background.</summary>
/// <param name="Care">Interval in which reservations are renewed and expired ones are given back.</param>
/// <param name="Gather">Time for which records are gathered before they are written to the journal together.</param>
internal sealed record LedgerTiming(TimeSpan Care, TimeSpan Gather)
{
    public static LedgerTiming Default { get; } = new(TimeSpan.FromSeconds(3), TimeSpan.FromMilliseconds(500));
}
