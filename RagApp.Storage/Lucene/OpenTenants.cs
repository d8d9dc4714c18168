namespace RagApp.Storage.Lucene;

/// <summary>
/// A bounded cache of open indexes by tenant; the least recently used one is closed first. An index in use is never closed,
/// so that under load more may be open for a moment.
/// </summary>
internal sealed class OpenTenants<T>(int limit, Func<string, T> open) : IDisposable
    where T : class, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _byTenant = new(StringComparer.Ordinal);

    /// <summary>Open tenants, least recently used first.</summary>
    private readonly LinkedList<Entry> _byUse = new();

    /// <summary>Opens the tenant's index, or takes the open one; the caller disposes the lease afterwards.</summary>
    public Lease Take(string tenant)
    {
        LinkedListNode<Entry> node;
        List<Entry> closing;
        lock (_lock)
        {
            if (_byTenant.TryGetValue(tenant, out var present))
                _byUse.Remove(present);
            else
                _byTenant.Add(tenant, present = new LinkedListNode<Entry>(new Entry(tenant, new Lazy<T>(() => open(tenant)))));
            node = present;
            node.Value.Users++;
            _byUse.AddLast(node);
            closing = RemoveUnused();
        }
        closing.ForEach(entry => entry.Dispose());
        try
        {
            _ = node.Value.Opened.Value;
            return new Lease(this, node.Value);
        }
        catch
        {
            Forget(node.Value);
            Return(node.Value);
            throw;
        }
    }

    public void Dispose()
    {
        List<Entry> closing;
        lock (_lock)
        {
            closing = [.. _byUse];
            _byUse.Clear();
            _byTenant.Clear();
        }
        closing.ForEach(entry => entry.Dispose());
    }

    private List<Entry> RemoveUnused()
    {
        var removed = new List<Entry>();
        for (var node = _byUse.First; node is not null && _byTenant.Count > limit;)
        {
            var next = node.Next;
            if (node.Value.Users == 0)
            {
                Remove(node);
                removed.Add(node.Value);
            }
            node = next;
        }
        return removed;
    }

    /// <summary>Makes the next caller open the tenant's index again; present users continue with the old one.</summary>
    private void Forget(Entry entry)
    {
        lock (_lock)
        {
            if (_byTenant.TryGetValue(entry.Tenant, out var node) && node.Value == entry)
                Remove(node);
            entry.Forgotten = true;
        }
    }

    private void Return(Entry entry)
    {
        bool last;
        lock (_lock)
            last = --entry.Users == 0 && entry.Forgotten;
        if (last)
            entry.Dispose();
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _byUse.Remove(node);
        _byTenant.Remove(node.Value.Tenant);
    }

    internal sealed class Entry(string tenant, Lazy<T> opened) : IDisposable
    {
        public string Tenant { get; } = tenant;

        public Lazy<T> Opened { get; } = opened;

        public int Users { get; set; }

        public bool Forgotten { get; set; }

        public void Dispose()
        {
            if (Opened.IsValueCreated)
                Opened.Value.Dispose();
        }
    }

    /// <summary>Keeps the tenant's index open until the lease is disposed.</summary>
    internal readonly struct Lease(OpenTenants<T> owner, Entry entry) : IDisposable
    {
        public T Value => entry.Opened.Value;

        /// <summary>Makes the next caller open the tenant's index again, as after a failure.</summary>
        public void Forget() => owner.Forget(entry);

        public void Dispose() => owner.Return(entry);
    }
}
