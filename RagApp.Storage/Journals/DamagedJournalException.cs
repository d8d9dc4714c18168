namespace RagApp.Storage.Journals;

/// <summary>Parts of a journal do not hold what was written; everything else was read before this was thrown.</summary>
public sealed class DamagedJournalException(IReadOnlyList<string> problems)
    : Exception($"The journal is damaged: {string.Join("; ", problems)}. Restore these from a backup; nothing else of it is affected.")
{
    /// <summary>A sentence for each damaged segment, with its key.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
