namespace RagApp.Models.Budgets.Ledger;

/// <summary>The latest epoch and number that the ledger's server has returned to this process.</summary>
internal sealed class LedgerPosition
{
    private readonly Lock _lock = new();
    private (long Epoch, long Number) _last;

    public (long Epoch, long Number) Last
    {
        get
        {
            lock (_lock)
                return _last;
        }
    }

    public void Saw(long epoch, long number)
    {
        lock (_lock)
        {
            if ((epoch, number).CompareTo(_last) > 0)
                _last = (epoch, number);
        }
    }
}
