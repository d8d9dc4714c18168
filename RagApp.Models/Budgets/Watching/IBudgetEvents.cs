namespace RagApp.Models.Budgets.Watching;

/// <summary>Takes the events about spend.</summary>
public interface IBudgetEvents
{
    void Raise(BudgetEvent what);
}
