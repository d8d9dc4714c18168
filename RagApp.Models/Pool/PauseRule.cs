namespace RagApp.Models.Pool;

/// <summary>Rule by which a circuit breaker opens.</summary>
/// <param name="Failures">Failures in a row that open it.</param>
/// <param name="First">Pause of the first opening; it doubles from one opening to the next.</param>
/// <param name="Longest">Longest pause.</param>
internal sealed record PauseRule(int Failures, TimeSpan First, TimeSpan Longest)
{
    /// <summary>Doublings after which every pause is the longest one.</summary>
    private const int MostDoublings = 20;

    public TimeSpan PauseOf(int openings) =>
        TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(openings, MostDoublings)));
}
