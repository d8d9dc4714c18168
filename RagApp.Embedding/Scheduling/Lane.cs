using System.Diagnostics.CodeAnalysis;

namespace RagApp.Embedding.Scheduling;

/// <summary>
/// A bounded queue of the waiting work of one priority. Tenants take turns, one item each, so that one tenant's upload does
/// not delay another's; the items of one tenant keep their order. Not thread-safe: the owner locks.
/// </summary>
internal sealed class Lane<T>(int capacity)
    where T : class, IWaiting<T>
{
    private readonly Dictionary<string, LinkedList<T>> _tenants = new(StringComparer.Ordinal);

    /// <summary>Each tenant of <see cref="_tenants"/> once. A tenant whose items were all removed stays until its next turn.</summary>
    private readonly Queue<string> _turns = new();

    public int Count { get; private set; }

    public bool HasRoomFor(int items) => Count + items <= capacity;

    public void Add(T item)
    {
        if (!_tenants.TryGetValue(item.Tenant, out var waiting))
        {
            _tenants.Add(item.Tenant, waiting = new LinkedList<T>());
            _turns.Enqueue(item.Tenant);
        }
        item.Place = waiting.AddLast(item);
        Count++;
    }

    /// <summary>The item whose turn it is; null when none waits.</summary>
    public T? Peek()
    {
        while (_turns.TryPeek(out var tenant))
        {
            if (_tenants[tenant].First is { } first)
                return first.Value;
            _turns.Dequeue();
            _tenants.Remove(tenant);
        }
        return null;
    }

    public bool TryTake([NotNullWhen(true)] out T? item)
    {
        item = Peek();
        if (item is null)
            return false;
        _turns.Enqueue(_turns.Dequeue());
        Remove(item);
        return true;
    }

    /// <summary>Removes a waiting item; false when the item no longer waits.</summary>
    public bool Remove(T item)
    {
        if (item.Place is not { List: { } waiting } place)
            return false;
        waiting.Remove(place);
        item.Place = null;
        Count--;
        return true;
    }
}
