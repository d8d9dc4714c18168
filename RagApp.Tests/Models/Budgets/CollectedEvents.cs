using System.Collections.Concurrent;
using RagApp.Models.Budgets.Watching;

namespace RagApp.Tests.Models.Budgets;

/// <summary>Keeps the events about spend of all replicas of a test.</summary>
internal sealed class CollectedEvents : IBudgetEvents
{
    public ConcurrentQueue<BudgetEvent> All { get; } = [];

    public void Raise(BudgetEvent what) => All.Enqueue(what);
}
