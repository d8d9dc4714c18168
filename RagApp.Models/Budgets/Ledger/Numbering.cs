namespace RagApp.Models.Budgets.Ledger;

/// <summary>Numbers things from 1 on, equal ones with the same number.</summary>
internal sealed class Numbering<T>
    where T : notnull
{
    private readonly Dictionary<T, int> _numbers = [];
    private readonly List<T> _items = [];

    /// <summary>The things in the order of their numbers.</summary>
    public IReadOnlyList<T> Items => _items;

    public int Of(T item)
    {
        if (_numbers.TryGetValue(item, out var number))
            return number;
        _items.Add(item);
        _numbers.Add(item, _items.Count);
        return _items.Count;
    }
}
