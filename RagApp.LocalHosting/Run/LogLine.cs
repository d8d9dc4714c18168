namespace Aspire.Hosting.Run;

/// <summary>A line a process wrote, numbered from 1.</summary>
internal sealed record LogLine(int Number, string Text, bool IsError);
