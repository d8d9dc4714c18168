namespace RagApp.Benchmarks.Embeddings;

/// <summary>Tokens that were embedded, and what it took.</summary>
/// <param name="Processor">Processor time; unlike the time passed, other programs on the machine hardly change it.</param>
internal sealed record TokenRate(long Tokens, TimeSpan Passed, TimeSpan Processor)
{
    public double PerSecond => Tokens / Passed.TotalSeconds;

    public double PerProcessorSecond => Tokens / Processor.TotalSeconds;
}
