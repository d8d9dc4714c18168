namespace RagApp.Storage.Journals;

/// <summary>One record to append to a journal: JSON without a line break.</summary>
internal sealed record JournalLine(DateTimeOffset At, byte[] Json);
