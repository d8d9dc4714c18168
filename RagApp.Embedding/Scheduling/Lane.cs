using System.Diagnostics.CodeAnalysis;

namespace RagApp.Embedding.Scheduling;

/// <summary>
/// The runs of one priority that wait, bounded. Tenants take turns, one run each, so that one tenant's upload does not
/// hold up another's; a tenant's own runs keep their order. Not thread-safe: <see cref="RunQueue"/> holds the lock.
/// </summary>
internal sealed class Lane(int capacity)
{
    private readonly Dictionary<string, LinkedList<WaitingRun>> _tenants = new(StringComparer.Ordinal);

    /// <summary>Each tenant of <see cref="_tenants"/> once. One whose runs were all removed stays until its turn comes.</summary>
    private readonly Queue<string> _turns = new();

    public int Count { get; private set; }

    public bool HasRoomFor(int runs) => Count + runs <= capacity;

    public void Add(WaitingRun run)
    {
        if (!_tenants.TryGetValue(run.Tenant, out var waiting))
        {
            _tenants.Add(run.Tenant, waiting = new LinkedList<WaitingRun>());
            _turns.Enqueue(run.Tenant);
        }
        run.Place = waiting.AddLast(run);
        Count++;
    }

    public bool TryTake([NotNullWhen(true)] out WaitingRun? run)
    {
        while (_turns.TryDequeue(out var tenant))
        {
            var waiting = _tenants[tenant];
            if (waiting.First is not { } first)
            {
                _tenants.Remove(tenant);
                continue;
            }
            _turns.Enqueue(tenant);
            run = first.Value;
            Remove(run);
            return true;
        }
        run = null;
        return false;
    }

    /// <summary>Does nothing when the run no longer waits.</summary>
    public void Remove(WaitingRun run)
    {
        if (run.Place is not { List: { } waiting } place)
            return;
        waiting.Remove(place);
        run.Place = null;
        Count--;
    }
}
