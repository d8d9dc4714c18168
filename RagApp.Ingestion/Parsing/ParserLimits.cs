namespace RagApp.Ingestion.Parsing;

/// <summary>What reading one document may cost.</summary>
internal sealed record ParserLimits(int MemoryMiB, int CpuSeconds, TimeSpan WallTime)
{
    public long MemoryBytes => (long)MemoryMiB << 20;

    public ParserLimits Or(ParserLimits other) => new(
        Math.Max(MemoryMiB, other.MemoryMiB),
        Math.Max(CpuSeconds, other.CpuSeconds),
        WallTime > other.WallTime ? WallTime : other.WallTime);
}
