namespace RagApp.Models.Pool;

/// <summary>The waiting requests of a model: interactive ones first, and within each priority the tenants in turn.</summary>
internal sealed class LeaseQueue
{
    private readonly Lane[] _lanes = [.. Enum.GetValues<ModelPriority>().Order().Select(_ => new Lane())];

    public int Count => _lanes.Sum(lane => lane.Count);

    /// <summary>True when nothing waits that goes before a new request of this priority.</summary>
    public bool IsEmptyUpTo(ModelPriority priority) => _lanes.Take((int)priority + 1).All(lane => lane.Count == 0);

    public void Add(Waiter waiter) => LaneOf(waiter).Add(waiter);

    /// <summary>Removes a request that waits no longer; false when it was served before.</summary>
    public bool Remove(Waiter waiter) => LaneOf(waiter).Remove(waiter);

    /// <summary>Requests that go before a new one of this priority.</summary>
    public IEnumerable<LeaseRequest> UpTo(ModelPriority priority) =>
        _lanes.Take((int)priority + 1).SelectMany(lane => lane.All).Select(waiter => waiter.Request);

    /// <summary>
    /// Serves the requests in their turns. Those for which <paramref name="serve"/> is false keep their places, and a later one of the
    /// same tenant that needs other deployments may go before them.
    /// </summary>
    public void Serve(Func<Waiter, bool> serve)
    {
        foreach (var lane in _lanes)
            lane.Serve(serve);
    }

    private Lane LaneOf(Waiter waiter) => _lanes[(int)waiter.Request.Caller.Priority];

    /// <summary>Requests of one priority, by tenant; the tenant served longest ago is first.</summary>
    private sealed class Lane
    {
        private readonly LinkedList<TenantLine> _turns = [];

        public int Count { get; private set; }

        public IEnumerable<Waiter> All => _turns.SelectMany(line => line.Waiters);

        public void Add(Waiter waiter)
        {
            var tenant = waiter.Request.Caller.Tenant;
            var line = _turns.FirstOrDefault(line => line.Tenant == tenant);
            if (line is null)
                _turns.AddLast(line = new TenantLine(tenant, []));
            line.Waiters.AddLast(waiter);
            Count++;
        }

        public bool Remove(Waiter waiter)
        {
            foreach (var line in _turns)
            {
                if (!line.Waiters.Remove(waiter))
                    continue;
                Count--;
                if (line.Waiters.Count == 0)
                    _turns.Remove(line);
                return true;
            }
            return false;
        }

        public void Serve(Func<Waiter, bool> serve)
        {
            // A full round without service ends it; each step moves a tenant to the end, so the round leaves the order as it was.
            for (var unserved = 0; unserved < _turns.Count;)
            {
                var line = _turns.First!.Value;
                _turns.RemoveFirst();
                if (line.Waiters.FirstOrDefault(serve) is not { } served)
                {
                    _turns.AddLast(line);
                    unserved++;
                    continue;
                }
                line.Waiters.Remove(served);
                Count--;
                unserved = 0;
                if (line.Waiters.Count > 0)
                    _turns.AddLast(line);
            }
        }
    }

    private sealed record TenantLine(string Tenant, LinkedList<Waiter> Waiters);
}
