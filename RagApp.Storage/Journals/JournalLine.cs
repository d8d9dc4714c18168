namespace RagApp.Storage.Journals;

/// <summary>One record on its way into a journal: JSON without a line break.</summary>
internal sealed record JournalLine(DateTimeOffset At, byte[] Json);
