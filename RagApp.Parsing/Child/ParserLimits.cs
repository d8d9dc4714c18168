namespace RagApp.Parsing.Child;

/// <summary>Limits on reading one document.</summary>
internal sealed record ParserLimits(int MemoryMiB, int CpuSeconds, TimeSpan WallTime)
{
    public long MemoryBytes => (long)MemoryMiB << 20;

    /// <summary>For each limit, the larger of two values.</summary>
    public ParserLimits MaxWith(ParserLimits other) => new(
        Math.Max(MemoryMiB, other.MemoryMiB),
        Math.Max(CpuSeconds, other.CpuSeconds),
        WallTime > other.WallTime ? WallTime : other.WallTime);
}
